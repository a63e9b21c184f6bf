import type { ModelFamily } from '@fast-scanner/shared';
import { scoreRows, trainBaseModel } from './base-model.ts';
import { type Calibration, calibrate, fitCalibration } from './calibration.ts';
import type { JudgedRows } from './prediction-metrics.ts';
import type { PurgedFold } from './purged-folds.ts';
import type { SampleSet } from './sample-set.ts';

/** What a family did on rows it had not seen. */
export interface FamilyJudgement {
  readonly family: ModelFamily;
  /** Every row from the second fold on. */
  readonly judged: JudgedRows;
  /** Calibration of the final model: fitted to the log odds of all folds. */
  readonly calibration: Calibration;
}

interface WalkForwardContext {
  readonly folds: readonly PurgedFold[];
  readonly seed: number;
}

/**
 * Trains a family anew for every fold and lets it score rows it has not seen. The calibration of a fold comes from the scores of the
 * folds before it, as far as their labels were decided by then; the first fold has none and is therefore not judged.
 */
export function judgeFamily(
  family: ModelFamily,
  samples: SampleSet,
  context: WalkForwardContext,
): FamilyJudgement {
  const { folds, seed } = context;
  const start = folds[0]?.from ?? 0;
  const logOdds = new Float64Array(samples.length - start);
  for (const { train, from, to } of folds) {
    const model = trainBaseModel(family, { ...samples, rows: train }, seed);
    logOdds.set(scoreRows(model, samples.features, { from, to }), from - start);
  }
  const { label } = samples;
  const calibration = fitCalibration({ logOdds, label: label.subarray(start) }, rateOf(label));
  return { family, judged: judgeFolds(samples, { ...context, logOdds, start }), calibration };
}

function judgeFolds(
  samples: SampleSet,
  context: WalkForwardContext & { readonly logOdds: Float64Array; readonly start: number },
): JudgedRows {
  const { folds, logOdds, start } = context;
  const firstJudged = folds[1]?.from ?? samples.length;
  const probability = new Float64Array(samples.length - firstJudged);
  const baseline = new Float64Array(samples.length - firstJudged);
  for (const { train, from, to } of folds.slice(1)) {
    const known = train.filter((row) => row >= start);
    const baseRate = rateOf(samples.label, train);
    const heldOut = {
      logOdds: Float64Array.from(known, (row) => logOdds[row - start] ?? Number.NaN),
      label: Uint8Array.from(known, (row) => samples.label[row] ?? 0),
    };
    const calibration = fitCalibration(heldOut, baseRate);
    for (let row = from; row < to; row += 1) {
      probability[row - firstJudged] = calibrate(calibration, logOdds[row - start] ?? Number.NaN);
    }
    // By the same arithmetic: of a model that is not believed at all, not even a rounding error is left as its skill.
    baseline.fill(calibrate({ ...calibration, slope: 0 }, 0), from - firstJudged, to - firstJudged);
  }
  const { label, time } = samples;
  return { probability, baseline, label: label.subarray(firstJudged), time: time.subarray(firstJudged) };
}

/** Share of the rows (all by default) that went up. */
export function rateOf(label: Uint8Array, rows: Uint32Array = Uint32Array.from(label.keys())): number {
  return rows.reduce((sum, row) => sum + (label[row] ?? 0), 0) / rows.length;
}
