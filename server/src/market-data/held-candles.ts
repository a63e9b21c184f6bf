import {
  type CandleRow,
  type CandleSeries,
  createSeries,
  sliceColumns,
  sliceSeries,
  type Timeframe,
} from '@fast-scanner/shared';
import { findFlaw } from './candle-quality.ts';
import type { CleanCandles } from './clean-candles.ts';
import type { CandleWindow } from './market-feed.ts';
import { toSharedColumns } from './shared-columns.ts';

/** Closed candles of one symbol and timeframe as the cache holds them. Never changed once made: readers share its memory. */
export interface HeldCandles {
  readonly series: CandleSeries;
  readonly openCandle: CandleRow | null;
  readonly rejectedTimes: readonly number[];
  readonly filledTimes: readonly number[];
  readonly fetchedAt: number;
  /** How many candles were asked for. Fewer are held only when the source has no more. */
  readonly target: number;
}

interface Holding {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly target: number;
  readonly fetchedAt: number;
}

/** The newest `target` of some clean candles, in memory that worker threads read without a copy, with the flaws that fall into them. */
export function holdCandles(
  clean: CleanCandles,
  { symbol, timeframe, target, fetchedAt }: Holding,
): HeldCandles {
  const columns = sliceColumns(clean.closed, Math.max(0, clean.closed.openTime.length - target));
  const series = createSeries(symbol, timeframe, toSharedColumns(columns));
  return {
    series,
    openCandle: clean.openCandle,
    rejectedTimes: timesWithin(series, clean.rejectedTimes),
    filledTimes: timesWithin(series, clean.filledTimes),
    fetchedAt,
    target,
  };
}

/** Whether so many flaws have gathered over several fetches that only fetching everything anew can tell if the candles are usable. */
export function isWorn({ series, rejectedTimes, filledTimes }: HeldCandles): boolean {
  const rejected = rejectedTimes.length;
  const rows = series.length + rejected;
  return findFlaw({ rejected, rows, filled: filledTimes.length, length: series.length }) !== null;
}

/** Open time of the newest closed candle held; NaN when there is none. */
export function newestOpenTime({ series }: HeldCandles): number {
  return series.openTime[series.length - 1] ?? Number.NaN;
}

/** The newest `count` candles as a view of what is held, with the flaws that fall into it. */
export function toWindow(held: HeldCandles, count: number): CandleWindow {
  const series = sliceSeries(held.series, Math.max(0, held.series.length - count));
  return {
    series,
    openCandle: held.openCandle,
    quality: {
      rejected: timesWithin(series, held.rejectedTimes).length,
      filled: timesWithin(series, held.filledTimes).length,
    },
    fetchedAt: held.fetchedAt,
  };
}

function timesWithin(series: CandleSeries, times: readonly number[]): readonly number[] {
  const from = series.openTime[0] ?? 0;
  return times.filter((time) => time >= from);
}
