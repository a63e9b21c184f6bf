import type { Clock, ScannerError } from '@fast-scanner/shared';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { isOfExchange } from '../common/is-of-exchange.ts';
import type { FollowedSeries } from './followed-series.ts';
import { type FollowedSymbol, type FollowOptions, followSymbol } from './followed-symbol.ts';

/** Symbols of one exchange read at the same time: those that hang leave room for the work of others. */
const SYMBOLS_AT_ONCE = 4;
/** Symbols in a row whose reading failed, of so many or all, after which the exchange is believed to be down. */
const DOWN_AFTER = 4;
/** How long one that is down is left alone, doubled with each failure of the single read that tries it again. */
const FIRST_REST_MS = 15_000;
const LONGEST_REST_MS = 120_000;

/** What is followed on one exchange, and whether it answers. */
export class FollowedExchange {
  readonly feed: MarketFeed;
  readonly symbols: readonly FollowedSymbol[];
  readonly series: readonly FollowedSeries[];
  readonly #clock: Clock;
  #failure: ScannerError | null = null;
  #failuresInARow = 0;
  #rests = 0;
  /** Monotonic. */
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(feed: MarketFeed, symbols: readonly string[], options: FollowOptions) {
    this.feed = feed;
    this.symbols = symbols.map((symbol) => followSymbol(feed, symbol, options));
    this.series = this.symbols.flatMap(({ series }) => series);
    this.#clock = options.clock;
  }

  get id(): string {
    return this.feed.dataSource.exchange;
  }

  get names(): readonly string[] {
    return this.symbols.map(({ symbol }) => symbol);
  }

  /** Why nothing of it can be read; `null` when something can. */
  get failure(): ScannerError | null {
    const isDown = this.#rests > 0 || this.series.every(({ isFailing }) => isFailing);
    return isDown ? this.#failure : null;
  }

  get isResting(): boolean {
    return this.#clock.monotonic() < this.#restsUntil;
  }

  /** How many symbols may be read at the same time. */
  get symbolsAtOnce(): number {
    return this.#rests > 0 ? 1 : SYMBOLS_AT_ONCE;
  }

  noteSuccess(): void {
    this.#failuresInARow = 0;
    this.#rests = 0;
  }

  noteFailure(error: ScannerError): void {
    this.#failure = error;
    if (!isOfExchange(error)) return;
    this.#failuresInARow += 1;
    const isDown = this.#rests > 0 || this.#failuresInARow >= Math.min(DOWN_AFTER, this.symbols.length);
    if (!isDown || this.isResting) return;
    this.#restsUntil = this.#clock.monotonic() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** this.#rests);
    this.#rests += 1;
  }
}
