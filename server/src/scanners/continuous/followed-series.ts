import {
  type CandleSeries,
  type Clock,
  type Timeframe,
  type TradingStyle,
  timeframeMs,
} from '@fast-scanner/shared';
import type { MarketFeed } from '../../market-data/market-feed.ts';

export interface SeriesIdentity {
  readonly feed: MarketFeed;
  readonly symbol: string;
  readonly style: TradingStyle;
  readonly timeframe: Timeframe;
}

/** How long after a failure a series is looked at again, doubled with each in a row. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 900_000;

/** One symbol on one timeframe: its newest candles, and when there is something new to read. */
export class FollowedSeries {
  readonly identity: SeriesIdentity;
  readonly #clock: Clock;
  #series: CandleSeries | null = null;
  /** Time of the exchange at which the next candle closes, epoch ms. */
  #nextAt = Number.NEGATIVE_INFINITY;
  /** Monotonic: the exchange's clock may stand still. */
  #retryAt = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #judgedTo: number | null = null;

  constructor(identity: SeriesIdentity, clock: Clock) {
    this.identity = identity;
    this.#clock = clock;
  }

  /** Closed candles as last read; `null` before. */
  get series(): CandleSeries | null {
    return this.#series;
  }

  /** Close time of the newest candle, epoch ms; `null` before one was read. */
  get closeTime(): number | null {
    const newest = this.#series?.openTime.at(-1);
    return newest === undefined ? null : newest + timeframeMs(this.identity.timeframe);
  }

  /** Whether a candle may have closed since the last look. */
  get isDue(): boolean {
    return this.identity.feed.now() >= this.#nextAt && this.#clock.monotonic() >= this.#retryAt;
  }

  /** Whether the last look failed. */
  get isFailing(): boolean {
    return this.#failures > 0;
  }

  /** Close time of the newest candle of which nothing can be said; `null` while there is none. */
  get judgedTo(): number | null {
    return this.#judgedTo;
  }

  /** Takes note of what was read; answers whether a candle has closed. */
  update(series: CandleSeries): boolean {
    const before = this.closeTime;
    this.#series = series;
    this.#failures = 0;
    const closeTime = this.closeTime ?? this.identity.feed.now();
    this.#nextAt = closeTime + timeframeMs(this.identity.timeframe);
    return closeTime !== before;
  }

  /** Leaves the series alone for a while. */
  postpone(): void {
    const retryMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    this.#retryAt = this.#clock.monotonic() + retryMs;
    this.#failures += 1;
  }

  /** Takes note that there is nothing to say of the candles up to a close time. */
  skipTo(closeTime: number): void {
    this.#judgedTo = closeTime;
  }
}
