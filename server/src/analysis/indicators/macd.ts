import { assertPeriod, createColumn } from './column.ts';
import { emaSmoothing } from './ema.ts';
import { smooth, weightAt } from './exponential.ts';
import type { IndicatorColumn } from './indicator.ts';

export interface MacdOptions {
  /** Period of the fast EMA. Default 12. */
  readonly fast?: number;
  /** Period of the slow EMA, longer than `fast`. Default 26. */
  readonly slow?: number;
  /** Period of the EMA over the line. Default 9. */
  readonly signal?: number;
}

/** In units of price. */
export interface MacdColumns {
  /** Fast EMA − slow EMA. */
  readonly line: IndicatorColumn;
  /** EMA of the line. */
  readonly signal: IndicatorColumn;
  /** Line − signal. */
  readonly histogram: IndicatorColumn;
}

/**
 * The periods with defaults filled in.
 * @throws RangeError when one is not a positive integer or `fast` is not below `slow`
 */
export function macdPeriods({ fast = 12, slow = 26, signal = 9 }: MacdOptions): Required<MacdOptions> {
  assertPeriod(fast, 'fast');
  assertPeriod(slow, 'slow');
  assertPeriod(signal, 'signal');
  if (fast >= slow) throw new RangeError(`fast must be below slow, got ${fast} and ${slow}`);
  return { fast, slow, signal };
}

/**
 * Moving average convergence divergence: the distance of two EMAs, and its own EMA.
 *
 * Each EMA is seeded with the mean of its first values. First line at candle `slow` (26), first signal and histogram at candle
 * `slow + signal − 1` (34). A NaN close stays for good.
 * @throws RangeError as {@link macdPeriods}
 * @see Gerald Appel, The Moving Average Convergence-Divergence Trading Method, 1985
 */
export function computeMacd(close: Float64Array, options: MacdOptions = {}): MacdColumns {
  const periods = macdPeriods(options);
  const firstLine = periods.slow - 1;
  const firstSignal = firstLine + periods.signal - 1;
  const line = createColumn(close.length, firstLine);
  const signal = createColumn(close.length, firstSignal);
  const histogram = createColumn(close.length, firstSignal);
  const fastSmoothing = emaSmoothing(periods.fast);
  const slowSmoothing = emaSmoothing(periods.slow);
  const signalSmoothing = emaSmoothing(periods.signal);
  let fastEma = 0;
  let slowEma = 0;
  let signalEma = 0;
  for (let i = 0; i < close.length; i += 1) {
    const value = close[i] ?? Number.NaN;
    fastEma = smooth(fastEma, value, weightAt(i + 1, fastSmoothing));
    slowEma = smooth(slowEma, value, weightAt(i + 1, slowSmoothing));
    if (i < firstLine) continue;
    const distance = fastEma - slowEma;
    line[i] = distance;
    signalEma = smooth(signalEma, distance, weightAt(i - firstLine + 1, signalSmoothing));
    if (i < firstSignal) continue;
    signal[i] = signalEma;
    histogram[i] = distance - signalEma;
  }
  return { line, signal, histogram };
}
