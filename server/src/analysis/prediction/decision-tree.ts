import type { FeatureColumns } from './feature-matrix.ts';

/** A binary tree as parallel lists, the root first: plain numbers, so that it survives JSON. */
export interface DecisionTree {
  /** Feature the node asks for; `null` at a leaf. */
  readonly feature: readonly (number | null)[];
  /** Rows with a value up to this go left, others right; 0 at a leaf. */
  readonly threshold: readonly number[];
  /** Place of the left child; the right one follows it. 0 at a leaf. */
  readonly left: readonly number[];
  /** Log odds a leaf adds; 0 elsewhere. */
  readonly value: readonly number[];
}

/** The value of the leaf that a row of the columns falls into. */
export function readTree(
  { feature, threshold, left, value }: DecisionTree,
  features: FeatureColumns,
  row: number,
): number {
  let node = 0;
  let asked = feature[0] ?? null;
  while (asked !== null) {
    const goesRight = (features[asked]?.[row] ?? Number.NaN) > (threshold[node] ?? 0);
    node = (left[node] ?? 0) + Number(goesRight);
    asked = feature[node] ?? null;
  }
  return value[node] ?? 0;
}
