import type { TrainingRows } from '@fast-scanner/server/analysis/prediction/logistic-regression.ts';

/** Training rows from a table: one list per feature, one label per row. */
export function trainingRows(
  features: readonly (readonly number[])[],
  label: readonly number[],
): TrainingRows {
  return {
    features: features.map((values) => Float32Array.from(values)),
    label: Uint8Array.from(label),
    rows: Uint32Array.from(label.keys()),
  };
}
