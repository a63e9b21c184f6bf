import {
  computeDeepAnalysis,
  type DeepAnalysisInput,
  type DeepAnalysisResult,
} from '../../analysis/deep-analysis.ts';
import { answerWith, type WorkerAnswer } from './worker-answer.ts';

/** Entry of the worker threads. */
export function analyze(input: DeepAnalysisInput): WorkerAnswer<DeepAnalysisResult> {
  return answerWith(() => computeDeepAnalysis(input));
}
