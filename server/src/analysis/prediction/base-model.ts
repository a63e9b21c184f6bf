import { assertNever, type ModelFamily } from '@fast-scanner/shared';
import { type BoostedTreesModel, scoreTrees, trainBoostedTrees } from './boosted-trees.ts';
import type { FeatureColumns } from './feature-matrix.ts';
import {
  type LogisticModel,
  scoreLogistic,
  type TrainingRows,
  trainLogistic,
} from './logistic-regression.ts';

/** Names for people. */
export const FAMILY_TITLES: Readonly<Record<ModelFamily, string>> = {
  logistic: 'L2 logistic regression',
  trees: 'gradient-boosted trees',
};

/** A model before its calibration: answers log odds. */
export type BaseModel = LogisticModel | BoostedTreesModel;

/** Trains one model of a family. The same rows and seed give the same model. Needs rows of either label. */
export function trainBaseModel(family: ModelFamily, training: TrainingRows, seed: number): BaseModel {
  switch (family) {
    case 'logistic':
      return trainLogistic(training);
    case 'trees':
      return trainBoostedTrees(training, { seed });
    default:
      return assertNever(family);
  }
}

/** Log odds of one row. */
export function scoreRow(model: BaseModel, features: FeatureColumns, row: number): number {
  switch (model.family) {
    case 'logistic':
      return scoreLogistic(model, features, row);
    case 'trees':
      return scoreTrees(model, features, row);
    default:
      return assertNever(model);
  }
}

/** Log odds of the rows `from` (inclusive) to `to` (exclusive). */
export function scoreRows(
  model: BaseModel,
  features: FeatureColumns,
  { from, to }: { readonly from: number; readonly to: number },
): Float64Array {
  return Float64Array.from({ length: to - from }, (_, i) => scoreRow(model, features, from + i));
}
