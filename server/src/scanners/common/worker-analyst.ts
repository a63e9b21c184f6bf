import type { DeepAnalysisResult } from '../../analysis/deep-analysis.ts';
import type { Analyst, PredictionFinding } from './analyst.ts';
import { WorkerPool, workerEntry } from './worker-pool.ts';

export interface WorkerAnalystOptions {
  readonly threads: number;
  /** A computation that takes longer is stopped with its thread. Default 10,000. */
  readonly timeoutMs?: number;
  /** Module that exports `analyze` and `predict`. Default: the product's own. */
  readonly entry?: URL;
}

/** An analyst on a pool of worker threads. */
export function createWorkerAnalyst({ threads, timeoutMs = 10_000, entry }: WorkerAnalystOptions): Analyst {
  const pool = new WorkerPool({
    entry: entry ?? workerEntry('analysis-worker', import.meta.url),
    threads,
    timeoutMs,
    noun: 'the analysis',
  });
  return {
    analyze: (task, signal) => pool.run<DeepAnalysisResult>('analyze', task, signal),
    predict: (task, signal) => pool.run<PredictionFinding>('predict', task, signal),
    close: () => pool.close(),
  };
}
