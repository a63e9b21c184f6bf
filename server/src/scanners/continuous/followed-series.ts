import { type CandleSeries, type Timeframe, type TradingStyle, timeframeMs } from '@fast-scanner/shared';
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
  #series: CandleSeries | null = null;
  /** Time of the exchange from which a look is worth it, epoch ms. */
  #nextAt = 0;
  #failures = 0;

  constructor(identity: SeriesIdentity) {
    this.identity = identity;
  }

  /** Closed candles as last read; `null` before. */
  get series(): CandleSeries | null {
    return this.#series;
  }

  /** Whether a candle may have closed since the last look. */
  isDue(now: number): boolean {
    return now >= this.#nextAt;
  }

  /** Takes note of what was read. */
  update(series: CandleSeries): void {
    this.#series = series;
    this.#failures = 0;
    const duration = timeframeMs(this.identity.timeframe);
    this.#nextAt = (series.openTime.at(-1) ?? 0) + 2 * duration;
  }

  /** Leaves the series alone for a while. */
  postpone(now: number): void {
    this.#nextAt = now + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    this.#failures += 1;
  }
}
