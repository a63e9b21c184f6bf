import type { CandleColumns } from '@fast-scanner/shared';
import { assertPeriod, createColumn } from './column.ts';
import type { IndicatorColumn } from './indicator.ts';
import { slidingMaximum, slidingMeanInto, slidingMinimum } from './sliding.ts';

export interface StochasticOptions {
  /** Candles whose highest high and lowest low are the range. Default 14. */
  readonly k?: number;
  /** Period of the mean that turns raw %K into %K; 1 for the fast stochastic. Default 3. */
  readonly smooth?: number;
  /** Period of the mean of %K. Default 3. */
  readonly d?: number;
}

/** All 0–100. */
export interface StochasticColumns {
  readonly k: IndicatorColumn;
  readonly d: IndicatorColumn;
}

/**
 * The periods with defaults filled in.
 * @throws RangeError when one is not a positive integer
 */
export function stochasticPeriods({
  k = 14,
  smooth = 3,
  d = 3,
}: StochasticOptions): Required<StochasticOptions> {
  assertPeriod(k, 'k');
  assertPeriod(smooth, 'smooth');
  assertPeriod(d, 'd');
  return { k, smooth, d };
}

/** Raw %K, 0–100: where the close lies between the lowest low and the highest high; 50 when they are equal. */
export function rangePosition(close: number, highest: number, lowest: number): number {
  return highest === lowest ? 50 : (100 * (close - lowest)) / (highest - lowest);
}

/**
 * Slow stochastic oscillator: raw %K over `k` candles, its mean over `smooth` is %K, the mean of that over `d` is %D.
 *
 * First %K at candle `k + smooth − 1` (16), first %D at candle `k + smooth + d − 2` (18). A window without any range counts as
 * 50, the middle, like a flat RSI. A NaN price empties just the windows that hold it.
 * @throws RangeError as {@link stochasticPeriods}
 * @see George Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities 2:3, 1984
 */
export function computeStochastic(
  candles: CandleColumns,
  options: StochasticOptions = {},
): StochasticColumns {
  const periods = stochasticPeriods(options);
  const { close } = candles;
  const highest = slidingMaximum(candles.high, periods.k);
  const lowest = slidingMinimum(candles.low, periods.k);
  const raw = highest;
  const first = periods.k - 1;
  for (let i = first; i < close.length; i += 1) {
    raw[i] = rangePosition(close[i] ?? Number.NaN, highest[i] ?? Number.NaN, lowest[i] ?? Number.NaN);
  }
  const k = meanFrom(first, raw, periods.smooth);
  return { k, d: meanFrom(first + periods.smooth - 1, k, periods.d) };
}

/** The sliding mean of a column that has values from `first` on. */
function meanFrom(first: number, values: Float64Array, period: number): IndicatorColumn {
  const out = createColumn(values.length, first);
  slidingMeanInto(values.subarray(first), period, out.subarray(first));
  return out;
}
