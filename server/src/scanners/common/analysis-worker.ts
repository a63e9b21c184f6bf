import { computeDeepAnalysis, type DeepAnalysisResult } from '../../analysis/deep-analysis.ts';
import { predictWith } from '../../analysis/prediction/predict-with.ts';
import type { AnalysisTask, PredictionFinding, PredictionTask } from './analyst.ts';
import { decodeModel } from './decode-model.ts';
import { answerWith, type WorkerAnswer } from './worker-answer.ts';

/** Entry of the worker threads. */
export function analyze({ prediction, ...input }: AnalysisTask): WorkerAnswer<DeepAnalysisResult> {
  return answerWith(() => computeDeepAnalysis({ ...input, prediction: decodeModel(prediction) }));
}

/** Entry of the worker threads for predictions that are filled in later. */
export function predict({ prediction, series }: PredictionTask): WorkerAnswer<PredictionFinding> {
  return answerWith(() => predictWith(decodeModel(prediction), series));
}
