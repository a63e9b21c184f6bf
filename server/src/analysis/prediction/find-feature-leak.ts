import { type CandleColumns, sliceColumns } from '@fast-scanner/shared';
import { computeFeatureMatrix, type FeatureColumns } from './feature-matrix.ts';
import {
  FEATURE_WARMUP_CANDLES,
  PREDICTION_FEATURES,
  type PredictionFeature,
} from './prediction-features.ts';

/** Places at which the candles are cut, spread evenly over what lies behind the warm-up. */
const CUTS = 16;

export interface FeatureLeak {
  /** Name of the feature that reads the future. */
  readonly feature: string;
  /** Position of the first candle whose value changes when what comes after is cut off. */
  readonly index: number;
}

/**
 * Looks for a feature that reads the future: computes the table again on the candles up to several places and compares. `null` when
 * nothing changes, which is no proof, but what a mistake seldom survives. Costs about as much as nine computations.
 */
export function findFeatureLeak(
  candles: CandleColumns,
  features: readonly PredictionFeature[] = PREDICTION_FEATURES,
): FeatureLeak | null {
  const whole = computeFeatureMatrix(candles, { features });
  const usable = candles.close.length - FEATURE_WARMUP_CANDLES;
  for (let cut = 1; cut < CUTS; cut += 1) {
    const length = FEATURE_WARMUP_CANDLES + Math.floor((cut * usable) / CUTS);
    const part = computeFeatureMatrix(sliceColumns(candles, 0, length), { features });
    const leak = firstDifference(whole, part, length);
    if (leak !== null) return { feature: features[leak.column]?.name ?? '', index: leak.index };
  }
  return null;
}

/** Compares every candle of the part, also those for which a column has no value at all. */
function firstDifference(
  whole: FeatureColumns,
  part: FeatureColumns,
  length: number,
): { readonly column: number; readonly index: number } | null {
  for (const [column, values] of part.entries()) {
    for (let index = 0; index < length; index += 1) {
      if (!Object.is(values[index], whole[column]?.[index])) return { column, index };
    }
  }
  return null;
}
