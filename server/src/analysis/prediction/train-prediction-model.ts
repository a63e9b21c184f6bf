import { type CandleSeries, MODEL_FAMILIES, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { type BaseModel, trainBaseModel } from './base-model.ts';
import { explainChoice, explainEdge } from './explain-model.ts';
import { type FamilyJudgement, judgeFamily, rateOf } from './judge-family.ts';
import { PREDICTION_FEATURES } from './prediction-features.ts';
import { computeMetrics, type JudgedRows, sliceJudged } from './prediction-metrics.ts';
import {
  type FamilyReport,
  type FeatureWeight,
  type FoldReport,
  MODEL_VERSION,
  type PredictionModel,
  type PredictionReport,
} from './prediction-model.ts';
import { PREDICTION_DEFAULTS, type PredictionOptions } from './prediction-options.ts';
import { type PurgedFold, splitPurged } from './purged-folds.ts';
import { computeReliability } from './reliability.ts';
import { gatherSamples, type SampleSet } from './sample-set.ts';
import { computeSkillInterval } from './skill-confidence.ts';

export interface TrainingInput {
  /** Closed candles of every symbol, all of the timeframe. */
  readonly series: readonly CandleSeries[];
  readonly timeframe: Timeframe;
  /** The same candles and seed give the same model. */
  readonly seed: number;
  readonly options?: Partial<PredictionOptions>;
}

export type TrainingResult =
  | { readonly model: PredictionModel; readonly report: PredictionReport; readonly reason: null }
  /** `reason` says why there is no model, and what one would need. */
  | { readonly model: null; readonly report: null; readonly reason: string };

interface Training {
  readonly samples: SampleSet;
  readonly folds: readonly PurgedFold[];
  readonly input: TrainingInput;
  readonly options: PredictionOptions;
}

interface Candidate extends FamilyJudgement {
  readonly report: FamilyReport;
}

/**
 * Trains one model for all symbols of a timeframe: every family is judged walk-forward on rows it has not seen, the one with the
 * smaller Brier score is trained once more on all samples. Pure and deterministic; takes seconds, so it belongs into a worker.
 */
export function trainPredictionModel(input: TrainingInput): TrainingResult {
  const options = { ...PREDICTION_DEFAULTS, ...input.options };
  const samples = gatherSamples(input.series, options);
  const none = (reason: string): TrainingResult => ({ model: null, report: null, reason });
  if (samples.length < options.minSamples) return none(explainTooFew(samples.length, input, options));
  const folds = splitPurged(samples, timeframeMs(input.timeframe), options);
  const obstacle = findObstacle(samples, folds);
  if (obstacle !== null) return none(obstacle);
  return { ...trainBest({ samples, folds, input, options }), reason: null };
}

function trainBest(training: Training): {
  readonly model: PredictionModel;
  readonly report: PredictionReport;
} {
  const { samples, folds, input, options } = training;
  const candidates = MODEL_FAMILIES.map((family) =>
    judgeCandidate(judgeFamily(family, samples, { folds, seed: input.seed }), options),
  );
  const best = candidates.reduce((one, other) => (other.report.brier < one.report.brier ? other : one));
  const rows = Uint32Array.from(samples.label.keys());
  const base = trainBaseModel(best.family, { ...samples, rows }, input.seed);
  const { family: _, skillInterval, ...metrics } = best.report;
  const edge = skillInterval !== null && skillInterval.low > 0;
  const model: PredictionModel = {
    version: MODEL_VERSION,
    timeframe: input.timeframe,
    horizonCandles: options.horizonCandles,
    barrierAtrs: options.barrierAtrs,
    features: PREDICTION_FEATURES.map(({ name }) => name),
    base,
    calibration: best.calibration,
    samples: samples.length,
    metrics,
    edge,
    verdict: explainEdge(best.report),
  };
  return { model, report: reportOf(training, model, { candidates, best }) };
}

function judgeCandidate(judgement: FamilyJudgement, { horizonCandles }: PredictionOptions): Candidate {
  const { family, judged } = judgement;
  const skillInterval = computeSkillInterval(judged, horizonCandles);
  return { ...judgement, report: { family, ...computeMetrics(judged), skillInterval } };
}

function reportOf(
  { samples, folds, input, options }: Training,
  model: PredictionModel,
  { candidates, best }: { readonly candidates: readonly Candidate[]; readonly best: Candidate },
): PredictionReport {
  const families = candidates.map(({ report }) => report);
  return {
    timeframe: input.timeframe,
    symbols: samples.symbols,
    samples: samples.length,
    from: samples.time[0] ?? Number.NaN,
    to: samples.time.at(-1) ?? Number.NaN,
    baseRate: rateOf(samples.label),
    horizonCandles: options.horizonCandles,
    barrierAtrs: options.barrierAtrs,
    seed: input.seed,
    chosen: best.family,
    choice: explainChoice(best.report, families),
    edge: model.edge,
    verdict: model.verdict,
    families,
    folds: folds.slice(1).map((fold) => reportFold(fold, best.judged, folds[1]?.from ?? 0)),
    weights: weightsOf(model.base),
    reliability: computeReliability(best.judged),
  };
}

function reportFold({ train, from, to }: PurgedFold, judged: JudgedRows, firstJudged: number): FoldReport {
  const rows = sliceJudged(judged, from - firstJudged, to - firstJudged);
  return {
    from: rows.time[0] ?? Number.NaN,
    to: rows.time.at(-1) ?? Number.NaN,
    trainSamples: train.length,
    metrics: computeMetrics(rows),
  };
}

function weightsOf(base: BaseModel): FeatureWeight[] {
  const weights = base.family === 'logistic' ? base.coefficients : base.importances;
  return PREDICTION_FEATURES.map(({ name }, index) => ({ feature: name, weight: weights[index] ?? 0 })).sort(
    (left, right) => Math.abs(right.weight) - Math.abs(left.weight),
  );
}

function explainTooFew(
  samples: number,
  { series, timeframe }: TrainingInput,
  options: PredictionOptions,
): string {
  const candles = series.reduce((sum, { length }) => sum + length, 0);
  return `${samples} labelled samples from ${candles} ${timeframe} candles of ${series.length} symbols; a model needs at least ${options.minSamples}`;
}

/** What keeps the walk-forward from learning or judging; `null` when nothing does. */
function findObstacle({ label }: SampleSet, folds: readonly PurgedFold[]): string | null {
  const start = folds[0]?.from ?? 0;
  const calibrating = folds[1]?.train.filter((row) => row >= start) ?? new Uint32Array();
  for (const rows of [folds[0]?.train ?? new Uint32Array(), calibrating]) {
    if (rows.length === 0)
      return 'the candles span too little time to judge a model on candles it has not seen';
    if ([0, 1].includes(rateOf(label, rows)))
      return 'all samples of a part of the history have the same outcome';
  }
  return null;
}
