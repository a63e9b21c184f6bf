import type { PredictionSource } from '../../analysis/prediction/predict-with.ts';
import type { PredictionModel } from '../../analysis/prediction/prediction-model.ts';
import type { ModelAnswer, SharedModel } from './model-source.ts';
import { fromSharedText } from './shared-text.ts';

/** Models a thread keeps decoded: one for each exchange and timeframe that is scanned at the same time. */
const MOST_KEPT = 8;

const decoded = new Map<string, PredictionModel>();

/** In a thread: the model that an answer carries, decoded when it comes for the first time. */
export function decodeModel(answer: ModelAnswer): PredictionSource {
  if (answer.model === null) return answer;
  const { modelId, trainedAt } = answer.model;
  return { model: decoded.get(modelId) ?? keep(answer.model), modelId, trainedAt };
}

function keep({ modelId, json }: SharedModel): PredictionModel {
  const model: PredictionModel = JSON.parse(fromSharedText(json)); // written by the training thread, nowhere else
  const [oldest] = decoded.keys();
  if (decoded.size >= MOST_KEPT && oldest !== undefined) decoded.delete(oldest);
  decoded.set(modelId, model);
  return model;
}
