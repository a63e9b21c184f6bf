import type { CandleSeries, Prediction } from '@fast-scanner/shared';
import { computeLogIndicators, type LogIndicators } from '../log-indicators.ts';
import { FAMILY_TITLES, scoreRow } from './base-model.ts';
import { calibrate } from './calibration.ts';
import { computeFeatureMatrix } from './feature-matrix.ts';
import { FEATURE_WARMUP_CANDLES, PREDICTION_FEATURES } from './prediction-features.ts';
import { MODEL_VERSION, type PredictionModel } from './prediction-model.ts';

/** A prediction but for the id of its model and the moment that was trained, which only the caller knows. */
export type PredictionResult =
  | { readonly prediction: Omit<Prediction, 'modelId' | 'trainedAt'>; readonly reason: null }
  /** `reason` says why there is no prediction. */
  | { readonly prediction: null; readonly reason: string };

/**
 * The probability that the newest closed candle's close rises by the model's barrier before it falls by as much (or stands higher at
 * the time limit). `null` with a reason for a model of another version or timeframe, too few candles, or a market without movement or volume.
 * `indicators` may be the ones already computed of the same series.
 */
export function predict(
  model: PredictionModel,
  series: CandleSeries,
  indicators: LogIndicators = computeLogIndicators(series),
): PredictionResult {
  const obstacle = findObstacle(model, series);
  if (obstacle !== null) return { prediction: null, reason: obstacle };
  const columns = computeFeatureMatrix(series, { indicators });
  const newest = series.length - 1;
  const missing = PREDICTION_FEATURES.find(
    (_, index) => !Number.isFinite(columns[index]?.[newest] ?? Number.NaN),
  );
  if (missing)
    return { prediction: null, reason: `${series.symbol} has no ${missing.name}: ${missing.help}` };
  const barriers = placeBarriers(model, series, indicators);
  if (!barriers)
    return { prediction: null, reason: `the candles of ${series.symbol} are too wide for barriers` };
  const { brier, baselineBrier, brierSkill, auc } = model.metrics;
  return {
    prediction: {
      probabilityUp: calibrate(model.calibration, scoreRow(model.base, columns, newest)),
      horizonCandles: model.horizonCandles,
      ...barriers,
      model: FAMILY_TITLES[model.base.family],
      samples: model.samples,
      brier,
      baselineBrier,
      brierSkill,
      auc,
      edge: model.edge,
      verdict: model.verdict,
    },
    reason: null,
  };
}

/** The prices that decide what the newest candle's label will be; `null` when one of them is no price any more. */
function placeBarriers(
  { barrierAtrs }: PredictionModel,
  { close }: CandleSeries,
  { atr }: LogIndicators,
): Pick<Prediction, 'closePrice' | 'upPrice' | 'downPrice'> | null {
  const closePrice = close.at(-1) ?? Number.NaN;
  const distance = barrierAtrs * (atr.at(-1) ?? Number.NaN);
  const [upPrice, downPrice] = [closePrice * Math.exp(distance), closePrice * Math.exp(-distance)];
  return upPrice < Number.POSITIVE_INFINITY && downPrice > 0 ? { closePrice, upPrice, downPrice } : null;
}

function findObstacle(model: PredictionModel, { symbol, timeframe, length }: CandleSeries): string | null {
  if (model.version !== MODEL_VERSION || !hasFeatures(model)) {
    return 'the model was trained by another version, with other features; it has to be trained again';
  }
  if (timeframe !== model.timeframe)
    return `the model is for ${model.timeframe} candles, not for ${timeframe}`;
  if (length <= FEATURE_WARMUP_CANDLES) {
    return `${symbol} has ${length} closed ${timeframe} candles; a prediction needs at least ${FEATURE_WARMUP_CANDLES + 1}`;
  }
  return null;
}

function hasFeatures({ features }: PredictionModel): boolean {
  return (
    features.length === PREDICTION_FEATURES.length &&
    PREDICTION_FEATURES.every(({ name }, index) => name === features[index])
  );
}
