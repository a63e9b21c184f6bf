import type { FeatureColumns } from './feature-matrix.ts';

/** What makes features comparable: `(value − mean) / deviation`, held inside ±clip. Plain numbers. */
export interface Standardization {
  readonly means: readonly number[];
  /** Standard deviations (with N); 1 for a feature that does not vary. */
  readonly deviations: readonly number[];
  /** Standard deviations beyond which a value counts no more; `null` for no limit. */
  readonly clip: number | null;
}

/** Below this share of its mean a deviation is rounding. */
const FLAT_RELATIVE = 1e-7;

/** Means and deviations of the given rows. */
export function computeStandardization(
  features: FeatureColumns,
  rows: Uint32Array,
  clip: number | null,
): Standardization {
  const means: number[] = [];
  const deviations: number[] = [];
  for (const column of features) {
    const mean = meanOf(rows, (row) => column[row] ?? Number.NaN);
    const variance = meanOf(rows, (row) => ((column[row] ?? Number.NaN) - mean) ** 2);
    const deviation = Math.sqrt(variance);
    means.push(mean);
    deviations.push(deviation > FLAT_RELATIVE * Math.abs(mean) ? deviation : 1);
  }
  return { means, deviations, clip };
}

/** The standardised value of one feature. */
export function standardize(
  { means, deviations, clip }: Standardization,
  index: number,
  value: number,
): number {
  const z = (value - (means[index] ?? Number.NaN)) / (deviations[index] ?? Number.NaN);
  return clip === null ? z : Math.min(clip, Math.max(-clip, z));
}

function meanOf(rows: Uint32Array, read: (row: number) => number): number {
  let sum = 0;
  for (const row of rows) sum += read(row);
  return sum / rows.length;
}
