import { type Clock, type Dispose, type PricesEvent, ScannerError } from '@fast-scanner/shared';
import type { PriceSource } from './continuous-ports.ts';
import type { FollowedExchange } from './followed-exchange.ts';
import { type Tick, TickBook } from './tick-book.ts';

export interface WatchedPricesOptions {
  readonly exchange: FollowedExchange;
  readonly prices: PriceSource;
  readonly clock: Clock;
}

/** Prices of an exchange that has failed for so long are not those of now any more. */
const STALE_AFTER_MS = 60_000;

/** The prices of one exchange as their source has told them. */
export class WatchedPrices {
  readonly #options: WatchedPricesOptions;
  readonly #ticks = new TickBook();
  /** Since the ticks were taken. */
  readonly #news = new Map<string, Tick>();
  readonly #unknown = new Set<string>();
  #failure: { readonly error: ScannerError; readonly since: number } | null = null;
  #unwatch: Dispose | null = null;

  constructor(options: WatchedPricesOptions) {
    this.#options = options;
  }

  /** Ticks held. */
  get size(): number {
    return this.#ticks.size;
  }

  /** Why the source has no prices of the exchange; `null` when it has. */
  get failure(): ScannerError | null {
    return this.#failure?.error ?? null;
  }

  /** Begins to watch, if it does not, and files what was told since. @throws ScannerError when the exchange cannot be watched */
  async take(): Promise<void> {
    const { exchange, prices } = this.#options;
    this.#unwatch ??= await prices.watch({
      exchange: exchange.id,
      symbols: exchange.names,
      onPrices: (event) => this.#hear(event),
    });
    for (const [symbol, tick] of this.#news) this.#ticks.add(symbol, tick);
    this.#news.clear();
  }

  /** The price of now; `null` when it is not known. */
  newest(symbol: string): Tick | null {
    const failedForMs = this.#failure ? this.#options.clock.monotonic() - this.#failure.since : 0;
    return failedForMs >= STALE_AFTER_MS || this.#unknown.has(symbol) ? null : this.#ticks.newest(symbol);
  }

  /** Not while `take` is under way. */
  stop(): void {
    this.#unwatch?.();
    this.#unwatch = null;
  }

  #hear({ prices, errors, error }: PricesEvent): boolean {
    for (const { symbol, price, timestamp } of prices) {
      this.#news.set(symbol, { price, time: Date.parse(timestamp) });
      this.#unknown.delete(symbol);
    }
    for (const { symbol } of errors ?? []) this.#unknown.add(symbol);
    const since = this.#failure?.since ?? this.#options.clock.monotonic();
    this.#failure = error && { error: new ScannerError(error.code, error.detail), since };
    return true;
  }
}
