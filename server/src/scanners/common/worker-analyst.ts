import type { DeepAnalysisResult } from '../../analysis/deep-analysis.ts';
import type { Analyst, PredictionFinding } from './analyst.ts';
import { closedError } from './closed-error.ts';
import { WorkerPool, workerEntry } from './worker-pool.ts';

export interface WorkerAnalystOptions {
  readonly threads: number;
  /** A computation that takes longer is stopped with its thread. Default 10,000. */
  readonly timeoutMs?: number;
  /** Module that exports `analyze` and `predict`. Default: the product's own. */
  readonly entry?: URL;
}

/** An analyst on a pool of worker threads, which are started when the first computation comes. */
export function createWorkerAnalyst({ threads, timeoutMs = 10_000, entry }: WorkerAnalystOptions): Analyst {
  let pool: WorkerPool | null = null;
  let isClosed = false;
  const ask = async <Result>(name: 'analyze' | 'predict', task: object, signal: AbortSignal) => {
    if (isClosed) throw closedError();
    pool ??= new WorkerPool({
      entry: entry ?? workerEntry('analysis-worker', import.meta.url),
      threads,
      timeoutMs,
      noun: 'the analysis',
    });
    return pool.run<Result>(name, task, signal);
  };
  return {
    analyze: (task, signal) => ask<DeepAnalysisResult>('analyze', task, signal),
    predict: (task, signal) => ask<PredictionFinding>('predict', task, signal),
    close: async () => {
      isClosed = true;
      await pool?.close();
    },
  };
}
