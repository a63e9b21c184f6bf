import type { CandleSeries, DeepAnalysis } from '@fast-scanner/shared';
import type { LogIndicators } from '../log-indicators.ts';
import { predict } from './predict.ts';
import type { PredictionModel } from './prediction-model.ts';

/** What to predict with, or why there is nothing. */
export type PredictionSource =
  | {
      readonly model: PredictionModel;
      readonly modelId: string;
      /** ISO 8601 UTC. */
      readonly trainedAt: string;
    }
  | { readonly model: null; readonly reason: string };

/** The prediction of the newest closed candle as the wire has it, or the reason why there is none; see {@link predict}. */
export function predictWith(
  source: PredictionSource,
  series: CandleSeries,
  indicators?: LogIndicators,
): Pick<DeepAnalysis, 'ml_prediction' | 'ml_prediction_reason'> {
  if (source.model === null) return { ml_prediction: null, ml_prediction_reason: source.reason };
  const { model, modelId, trainedAt } = source;
  const { prediction, reason } = predict(model, series, indicators);
  return { ml_prediction: prediction && { ...prediction, modelId, trainedAt }, ml_prediction_reason: reason };
}
