import type { CandleSeries, DeepAnalysis } from '@fast-scanner/shared';
import type { DeepAnalysisInput, DeepAnalysisResult } from '../../analysis/deep-analysis.ts';
import type { ModelAnswer } from './model-source.ts';

export interface AnalysisTask extends Omit<DeepAnalysisInput, 'prediction' | 'voteOf'> {
  readonly prediction: ModelAnswer;
}

export interface PredictionTask {
  /** Closed candles; the newest one is predicted from. */
  readonly series: CandleSeries;
  readonly prediction: ModelAnswer;
}

/** A prediction, or why there is none. */
export type PredictionFinding = Pick<DeepAnalysis, 'ml_prediction' | 'ml_prediction_reason'>;

/** Does the CPU-heavy part of phase 2 somewhere else than on the event loop. */
export interface Analyst {
  /**
   * @throws ScannerError `insufficient_data`, or `worker_crashed` when the thread threw, exited, ran out of memory or was
   * stopped because `signal` aborted while it computed
   */
  analyze(task: AnalysisTask, signal: AbortSignal): Promise<DeepAnalysisResult>;
  /** The prediction alone, as `analyze` makes it of the same candles and model. @throws ScannerError `worker_crashed` */
  predict(task: PredictionTask, signal: AbortSignal): Promise<PredictionFinding>;
  close(): Promise<void>;
}
