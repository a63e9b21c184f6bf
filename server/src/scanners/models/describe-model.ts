import { type ModelFamily, type TrainedModel, toIsoTime } from '@fast-scanner/shared';
import { FAMILY_TITLES } from '../../analysis/prediction/base-model.ts';
import { PREDICTION_FEATURES } from '../../analysis/prediction/prediction-features.ts';
import type { PredictionMetrics } from '../../analysis/prediction/prediction-metrics.ts';
import type { FamilyReport, PredictionReport } from '../../analysis/prediction/prediction-model.ts';
import type { ModelRecord } from './model-record.ts';

/** What the weights of a family are. */
const WEIGHT_MEANINGS: Readonly<Record<ModelFamily, string>> = {
  logistic: 'change of the log odds of "up" when the feature rises by one standard deviation',
  trees: 'share of the saved loss that the splits on the feature account for, 0 to 1',
};

const FEATURE_HELP: ReadonlyMap<string, string> = new Map(
  PREDICTION_FEATURES.map(({ name, help }) => [name, help]),
);

/** A kept model as the wire has it. */
export function describeModel(record: ModelRecord): TrainedModel {
  const { report } = record;
  const { chosen } = report;
  return {
    modelId: record.modelId,
    trainedAt: toIsoTime(record.trainedAt),
    trainingMs: record.trainingMs,
    seed: report.seed,
    candleCloseTime: toIsoTime(record.cutoff),
    symbols: [...record.symbols],
    candles: record.candles,
    samples: report.samples,
    from: toIsoTime(report.from),
    to: toIsoTime(report.to),
    baseRate: report.baseRate,
    horizonCandles: report.horizonCandles,
    barrierAtrs: report.barrierAtrs,
    family: chosen,
    title: FAMILY_TITLES[chosen],
    choice: report.choice,
    ...describeSkill(report),
    edge: report.edge,
    verdict: report.verdict,
    families: report.families.map((family) => ({
      family: family.family,
      ...toMetrics(family),
      skillInterval: family.skillInterval,
    })),
    folds: report.folds.map(({ from, to, trainSamples, metrics }) => ({
      from: toIsoTime(from),
      to: toIsoTime(to),
      trainSamples,
      ...toMetrics(metrics),
    })),
    reliability: [...report.reliability],
    weightMeaning: WEIGHT_MEANINGS[chosen],
    weights: report.weights.map(({ feature, weight }) => ({
      feature,
      weight,
      help: FEATURE_HELP.get(feature) ?? '',
    })),
  };
}

/** How the chosen family did out of sample. */
function describeSkill({ families, chosen }: PredictionReport) {
  const best = families.find(({ family }) => family === chosen);
  if (!best) throw new Error(`the report has no family ${chosen}`);
  const { samples: _, ...metrics } = toMetrics(best);
  return { ...metrics, skillInterval: best.skillInterval };
}

function toMetrics({ samples, brier, baselineBrier, brierSkill, auc }: PredictionMetrics | FamilyReport) {
  return { samples, brier, baselineBrier, brierSkill, auc };
}
