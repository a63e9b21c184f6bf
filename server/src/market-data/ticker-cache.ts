import type { Clock } from '@fast-scanner/shared';
import { LRUCache } from 'lru-cache';
import type { CallOptions, MarketDataSource, Ticker } from './market-data-source.ts';
import { SingleFlight } from './single-flight.ts';

/** Tickers are prices: they are shared by the scans of a moment, never kept. */
export const TICKER_MAX_AGE_MS = 2_000;

const MAX_SYMBOL_SETS = 64;

type Tickers = ReadonlyMap<string, Ticker>;

interface HeldTickers {
  readonly tickers: Tickers;
  /** Monotonic ms at which the source was asked. */
  readonly askedAt: number;
}

/** Bulk tickers of a source: one call for concurrent and immediately repeated requests of the same symbols. */
export class TickerCache {
  readonly #source: MarketDataSource;
  readonly #clock: Clock;
  readonly #held = new LRUCache<string, HeldTickers>({ max: MAX_SYMBOL_SETS });
  readonly #flights = new SingleFlight<Tickers>();

  constructor(source: MarketDataSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Tickers with a usable price; symbols without one are absent. */
  async get(symbols: readonly string[], { signal }: CallOptions = {}): Promise<Tickers> {
    signal?.throwIfAborted();
    if (symbols.length === 0) return new Map();
    const key = symbols.toSorted().join(' ');
    const held = this.#held.get(key);
    if (held && this.#clock.monotonic() - held.askedAt < TICKER_MAX_AGE_MS) return held.tickers;
    return this.#flights.run(key, (shared) => this.#fetch(key, symbols, shared), signal);
  }

  /** Aborts what is under way and resolves when it has ended. */
  close(reason: Error): Promise<void> {
    return this.#flights.abortAll(reason);
  }

  async #fetch(key: string, symbols: readonly string[], signal: AbortSignal): Promise<Tickers> {
    const askedAt = this.#clock.monotonic();
    const answer = await this.#source.fetchTickers(symbols, { signal });
    const tickers = new Map([...answer].filter(([, ticker]) => hasPrice(ticker)));
    this.#held.set(key, { tickers, askedAt });
    return tickers;
  }
}

/** A last price of 0 is an error of the exchange, never a price. */
function hasPrice({ last }: Ticker): boolean {
  return Number.isFinite(last) && last > 0;
}
