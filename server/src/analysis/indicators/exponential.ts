/** How an exponential average starts and how strongly each new value pulls it. */
export interface Smoothing {
  /** Values whose plain mean is the first average. */
  readonly seedLength: number;
  /** Share of the distance to the new value that one step closes, 0–1. */
  readonly weight: number;
}

/**
 * One step of exponential smoothing, `previous + weight · (value − previous)`. In this form a flat series stays flat to
 * the last bit.
 */
export function smooth(previous: number, value: number, weight: number): number {
  return previous + weight * (value - previous);
}

/**
 * Writes the exponential average of `values` into `out` (equal length; may be the same column): NaN for the first
 * `seedLength − 1` values, then the seed, then smoothed. A NaN among the values stays in the average for good.
 */
export function averageInto(
  values: Float64Array,
  { seedLength, weight }: Smoothing,
  out: Float64Array,
): void {
  const length = values.length;
  if (length < seedLength) {
    out.fill(Number.NaN);
    return;
  }
  let sum = 0;
  for (let i = 0; i < seedLength; i += 1) sum += values[i] ?? Number.NaN;
  let average = sum / seedLength;
  out.fill(Number.NaN, 0, seedLength - 1);
  out[seedLength - 1] = average;
  for (let i = seedLength; i < length; i += 1) {
    average = smooth(average, values[i] ?? Number.NaN, weight);
    out[i] = average;
  }
}
