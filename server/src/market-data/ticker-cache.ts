import { type Clock, sleep } from '@fast-scanner/shared';
import { LRUCache } from 'lru-cache';
import type { CallOptions, MarketDataSource, Ticker } from './market-data-source.ts';
import { SingleFlight } from './single-flight.ts';

/** Tickers are prices: they are shared by the callers of a moment, never kept. */
export const TICKER_MAX_AGE_MS = 2_000;

const MAX_SYMBOLS = 5_000;

type Tickers = ReadonlyMap<string, Ticker>;

interface HeldTicker {
  /** `null`: the source had none. */
  readonly ticker: Ticker | null;
  /** Monotonic ms at which the source was asked, or told it unasked. */
  readonly askedAt: number;
}

/** One call to the source, collecting symbols until it starts. */
interface Batch {
  readonly id: string;
  readonly symbols: Set<string>;
}

export interface TickerCacheOptions {
  readonly clock: Clock;
  /** How long a call waits for others to join it. 0 asks at once. */
  readonly gatherMs: number;
}

/**
 * Bulk tickers of a source, symbol by symbol: what was asked a moment ago is not asked again, what is being asked is waited for, and the
 * rest of all callers goes into one call.
 */
export class TickerCache {
  readonly #source: MarketDataSource;
  readonly #options: TickerCacheOptions;
  readonly #held = new LRUCache<string, HeldTicker>({ max: MAX_SYMBOLS });
  readonly #flights = new SingleFlight<Tickers>();
  readonly #batchOf = new Map<string, Batch>();
  #gathering: Batch | null = null;
  #batches = 0;

  constructor(source: MarketDataSource, options: TickerCacheOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Tickers with a usable price, in the order asked for; symbols without one are absent. */
  async get(symbols: readonly string[], { signal }: CallOptions = {}): Promise<Tickers> {
    signal?.throwIfAborted();
    const held = new Map(symbols.map((symbol) => [symbol, this.#fresh(symbol)]));
    const missing = symbols.filter((symbol) => held.get(symbol) === undefined);
    const batches = new Set(missing.map((symbol) => this.#batchOf.get(symbol) ?? this.#gather(symbol)));
    const answers = await Promise.all([...batches].map((batch) => this.#answerOf(batch, signal)));
    const fetched = new Map(answers.flatMap((answer) => [...answer]));
    return new Map(
      symbols.flatMap((symbol) => {
        const ticker = held.get(symbol)?.ticker ?? fetched.get(symbol);
        return ticker ? [[symbol, ticker] as const] : [];
      }),
    );
  }

  /** Takes tickers that came unasked. */
  keep(tickers: Tickers): void {
    const askedAt = this.#options.clock.monotonic();
    for (const [symbol, ticker] of tickers) this.#held.set(symbol, { ticker, askedAt });
  }

  /** Aborts what is under way and resolves when it has ended. */
  close(reason: Error): Promise<void> {
    return this.#flights.abortAll(reason);
  }

  #fresh(symbol: string): HeldTicker | undefined {
    const held = this.#held.get(symbol);
    const isFresh = held && this.#options.clock.monotonic() - held.askedAt < TICKER_MAX_AGE_MS;
    return isFresh ? held : undefined;
  }

  #gather(symbol: string): Batch {
    this.#gathering ??= this.#createBatch();
    this.#gathering.symbols.add(symbol);
    this.#batchOf.set(symbol, this.#gathering);
    return this.#gathering;
  }

  #createBatch(): Batch {
    this.#batches += 1;
    return { id: String(this.#batches), symbols: new Set() };
  }

  #answerOf(batch: Batch, signal: AbortSignal | undefined): Promise<Tickers> {
    return this.#flights.run(batch.id, (shared) => this.#fetch(batch, shared), signal);
  }

  async #fetch(batch: Batch, signal: AbortSignal): Promise<Tickers> {
    const { clock, gatherMs } = this.#options;
    // A batch given up by all its callers takes no new ones.
    signal.addEventListener('abort', () => this.#forget(batch), { once: true });
    try {
      if (gatherMs > 0) await sleep(clock, gatherMs, signal);
      if (this.#gathering === batch) this.#gathering = null;
      const askedAt = clock.monotonic();
      const answer = await this.#source.fetchTickers([...batch.symbols], { signal });
      const tickers = new Map([...answer].filter(([, ticker]) => hasPrice(ticker)));
      for (const symbol of batch.symbols) {
        const isOvertaken = (this.#held.peek(symbol)?.askedAt ?? askedAt) > askedAt;
        if (!isOvertaken) this.#held.set(symbol, { ticker: tickers.get(symbol) ?? null, askedAt });
      }
      return tickers;
    } finally {
      this.#forget(batch);
    }
  }

  #forget(batch: Batch): void {
    if (this.#gathering === batch) this.#gathering = null;
    for (const symbol of batch.symbols) {
      if (this.#batchOf.get(symbol) === batch) this.#batchOf.delete(symbol);
    }
  }
}

/** A last price of 0 is an error of the exchange, never a price. */
function hasPrice({ last }: Ticker): boolean {
  return Number.isFinite(last) && last > 0;
}
