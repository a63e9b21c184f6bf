import type { CandleColumns } from '@fast-scanner/shared';
import type { LogIndicators } from '../log-indicators.ts';
import { computeFeatureSource } from './feature-source.ts';
import {
  FEATURE_WARMUP_CANDLES,
  PREDICTION_FEATURES,
  type PredictionFeature,
} from './prediction-features.ts';

/** Features of many rows, one column per feature in the order of the table. Single precision: what both training and prediction read. */
export type FeatureColumns = readonly Float32Array[];

export interface FeatureMatrixOptions {
  /** Default {@link PREDICTION_FEATURES}. */
  readonly features?: readonly PredictionFeature[];
  /** The indicators of the same candles, when they are already computed. */
  readonly indicators?: LogIndicators;
}

/**
 * The features of every candle, aligned with the candles. NaN for the first {@link FEATURE_WARMUP_CANDLES}, and wherever a feature
 * has no evidence (a market that does not move, nothing traded); such rows are for nobody, see {@link isCompleteRow}.
 */
export function computeFeatureMatrix(
  candles: CandleColumns,
  options: FeatureMatrixOptions = {},
): FeatureColumns {
  const source = computeFeatureSource(candles, options.indicators);
  return (options.features ?? PREDICTION_FEATURES).map(({ compute }) =>
    new Float32Array(compute(source)).fill(Number.NaN, 0, FEATURE_WARMUP_CANDLES),
  );
}

/** Whether every feature of a row has a value. */
export function isCompleteRow(columns: FeatureColumns, row: number): boolean {
  for (const column of columns) {
    if (!Number.isFinite(column[row] ?? Number.NaN)) return false;
  }
  return true;
}
