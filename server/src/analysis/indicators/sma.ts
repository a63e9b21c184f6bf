import { assertPeriod } from './column.ts';
import type { IndicatorColumn } from './indicator.ts';
import { slidingMeanInto } from './sliding.ts';

/**
 * Simple moving average: the mean of the last `period` values.
 *
 * First value at candle `period`. Never drifts: each mean depends on its own window only, so a NaN among the values empties
 * just the windows that hold it.
 * @throws RangeError when the period is not a positive integer
 */
export function computeSma(values: Float64Array, period: number): IndicatorColumn {
  assertPeriod(period);
  const out = new Float64Array(values.length);
  slidingMeanInto(values, period, out);
  return out;
}
