import { WorkerPool, workerEntry } from '../common/worker-pool.ts';
import type { LearnedModel, ModelTrainer } from './model-trainer.ts';

export interface WorkerTrainerOptions {
  /** A training that takes longer is stopped with its thread. Default 300,000. */
  readonly timeoutMs?: number;
  /** Module that exports `train`. Default: the product's own. */
  readonly entry?: URL;
}

/** A trainer with a thread for each training, which ends with it: between two of them no memory is kept. */
export function createWorkerTrainer(options: WorkerTrainerOptions = {}): ModelTrainer {
  const { timeoutMs = 300_000, entry = workerEntry('training-worker', import.meta.url) } = options;
  const pools = new Set<WorkerPool>();
  return {
    train: async (task, signal) => {
      signal.throwIfAborted();
      const pool = new WorkerPool({ entry, threads: 1, timeoutMs, noun: 'the training' });
      pools.add(pool);
      try {
        return await pool.run<LearnedModel>('train', task, signal);
      } finally {
        pools.delete(pool);
        await pool.close();
      }
    },
    close: async () => {
      await Promise.all([...pools].map((pool) => pool.close()));
    },
  };
}
