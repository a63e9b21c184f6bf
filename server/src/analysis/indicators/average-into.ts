import { type Smoothing, smooth, weightAt } from './exponential.ts';

/**
 * Writes the exponential average of `values` into `out` (equal length; may be the same column): NaN for the first
 * `seedLength − 1` values, then the seed, then smoothed. A NaN among the values stays in the average for good.
 */
export function averageInto(values: Float64Array, smoothing: Smoothing, out: Float64Array): void {
  const { seedLength, weight } = smoothing;
  const seedEnd = Math.min(seedLength, values.length);
  let average = 0;
  for (let i = 0; i < seedEnd; i += 1) {
    average = smooth(average, values[i] ?? Number.NaN, weightAt(i + 1, smoothing));
    out[i] = average;
  }
  for (let i = seedEnd; i < values.length; i += 1) {
    average = smooth(average, values[i] ?? Number.NaN, weight);
    out[i] = average;
  }
  out.fill(Number.NaN, 0, seedLength - 1);
}
