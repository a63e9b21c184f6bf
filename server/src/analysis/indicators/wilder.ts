import type { Smoothing } from './exponential.ts';

/**
 * Wilder's smoothing: weight 1/n, seeded with the mean of the first n values.
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978
 */
export function wilderSmoothing(period: number): Smoothing {
  return { seedLength: period, weight: 1 / period };
}

/**
 * `value` where it is positive, else 0; exact. Free of branches, because the direction of the next candle is the one
 * thing a branch predictor cannot learn.
 */
export function positivePart(value: number): number {
  return (Math.abs(value) + value) / 2;
}

/**
 * True range: the candle's range, extended to the close before it. `high ≥ low` is taken as given.
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978
 */
export function trueRange(high: number, low: number, previousClose: number): number {
  return high - low + positivePart(previousClose - high) + positivePart(low - previousClose);
}
