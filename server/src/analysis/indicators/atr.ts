import type { CandleColumns } from '@fast-scanner/shared';
import { averageInto } from './average-into.ts';
import { assertPeriod, createColumn } from './column.ts';
import type { IndicatorColumn } from './indicator.ts';
import { trueRange, wilderSmoothing } from './wilder.ts';

/**
 * Average true range, in units of price: the Wilder-smoothed (1/n) true range.
 *
 * The first candle has no close before it and so no true range: first value at candle `period + 1`. A NaN price stays for good.
 * @throws RangeError when the period is not a positive integer
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978
 */
export function computeAtr({ high, low, close }: CandleColumns, period = 14): IndicatorColumn {
  assertPeriod(period);
  const out = createColumn(close.length, 1);
  for (let i = 1; i < close.length; i += 1) {
    out[i] = trueRange(high[i] ?? Number.NaN, low[i] ?? Number.NaN, close[i - 1] ?? Number.NaN);
  }
  const ranges = out.subarray(1);
  averageInto(ranges, wilderSmoothing(period), ranges);
  return out;
}
