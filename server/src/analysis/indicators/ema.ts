import { averageInto } from './average-into.ts';
import { assertPeriod, createZeros } from './column.ts';
import type { Smoothing } from './exponential.ts';
import type { IndicatorColumn } from './indicator.ts';

export interface EmaOptions {
  /** What the average starts from: the mean of the first `period` values (TA-Lib's convention, default) or the first value alone. */
  readonly seed?: 'sma' | 'first';
}

/** An EMA's smoothing: weight 2/(n+1), seeded as chosen. */
export function emaSmoothing(period: number, { seed = 'sma' }: EmaOptions = {}): Smoothing {
  return { seedLength: seed === 'sma' ? period : 1, weight: 2 / (period + 1) };
}

/**
 * Exponential moving average: `ema += 2 / (period + 1) · (value − ema)`.
 *
 * First value at candle `period`; with the seed `first` at candle 1, though it takes some 3 · `period` candles until the first
 * value's weight is below 0.3 %. A NaN among the values stays for good.
 * @throws RangeError when the period is not a positive integer
 * @see TA-Lib, TA_EMA (the seed)
 */
export function computeEma(values: Float64Array, period: number, options: EmaOptions = {}): IndicatorColumn {
  assertPeriod(period);
  const out = createZeros(values.length);
  averageInto(values, emaSmoothing(period, options), out);
  return out;
}
