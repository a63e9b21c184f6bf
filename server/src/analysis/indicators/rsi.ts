import { assertPeriod, createColumn } from './column.ts';
import { smooth, weightAt } from './exponential.ts';
import type { IndicatorColumn } from './indicator.ts';
import { positivePart, wilderSmoothing } from './wilder.ts';

/** RSI of two average moves, both ≥ 0: the share of the gains, in percent; 50 when nothing moved at all. */
export function relativeStrength(averageGain: number, averageLoss: number): number {
  const total = averageGain + averageLoss;
  return total === 0 ? 50 : (100 * averageGain) / total;
}

/**
 * Relative strength index, 0–100: `100 · gain / (gain + loss)` of the Wilder-smoothed (1/n) gains and losses of the close.
 *
 * First value at candle `period + 1`. A series flat from its start has 50, by our convention. A NaN close stays for good.
 * @throws RangeError when the period is not a positive integer
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978
 */
export function computeRsi(close: Float64Array, period = 14): IndicatorColumn {
  assertPeriod(period);
  const out = createColumn(close.length, period);
  const smoothing = wilderSmoothing(period);
  let gain = 0;
  let loss = 0;
  for (let i = 1; i < close.length; i += 1) {
    const change = (close[i] ?? Number.NaN) - (close[i - 1] ?? Number.NaN);
    const weight = weightAt(i, smoothing);
    gain = smooth(gain, positivePart(change), weight);
    loss = smooth(loss, positivePart(-change), weight);
    if (i >= period) out[i] = relativeStrength(gain, loss);
  }
  return out;
}
