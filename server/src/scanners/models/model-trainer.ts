import type { CandleSeries, Timeframe } from '@fast-scanner/shared';
import type { PredictionReport } from '../../analysis/prediction/prediction-model.ts';

export interface TrainingTask {
  /** Closed candles of each symbol, in memory that threads read without a copy. */
  readonly series: readonly CandleSeries[];
  readonly timeframe: Timeframe;
  readonly seed: number;
}

export interface LearnedModel {
  /** The `PredictionModel` as UTF-8 JSON in memory that threads share. */
  readonly json: Uint8Array;
  readonly report: PredictionReport;
  /** How long a thread computed. */
  readonly trainingMs: number;
}

/** Learns models somewhere else than on the event loop, and where no symbol waits for it. */
export interface ModelTrainer {
  /**
   * @throws ScannerError `insufficient_data` with the reason when the candles give no model; `worker_crashed` when the thread threw, exited,
   * ran out of memory or took too long; the signal's reason
   */
  train(task: TrainingTask, signal: AbortSignal): Promise<LearnedModel>;
  /** Stops what is under way. Idempotent. */
  close(): Promise<void>;
}
