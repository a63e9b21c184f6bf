/** Relative difference below which two readings count as equal: rounding must not decide a rank. */
const EQUAL_RELATIVE = 1e-9;

/**
 * Where the newest value stands among all finite values of a column, itself included, 0–100: the share below it plus half
 * the share equal to it (mid-rank, so a constant column has 50). `null` below `minimumCount` finite values.
 */
export function newestPercentileRank(values: Float64Array, minimumCount: number): number | null {
  const newest = values.at(-1) ?? Number.NaN;
  if (!Number.isFinite(newest)) return null;
  const tolerance = Math.abs(newest) * EQUAL_RELATIVE;
  let count = 0;
  let rank = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count += 1;
    if (Math.abs(value - newest) <= tolerance) rank += 0.5;
    else if (value < newest) rank += 1;
  }
  return count < minimumCount ? null : (100 * rank) / count;
}
