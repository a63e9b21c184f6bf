import { createLimitedQueue } from '../../jobs/limited-queue.ts';
import { WorkerPool, workerEntry } from '../common/worker-pool.ts';
import type { ReplayAnswer, ReplayTask } from './replay-task.ts';

/** Does the steps of a replay somewhere else than on the event loop. */
export interface StepReplayer {
  /** @throws ScannerError `worker_crashed` @throws the signal's reason */
  replay(task: ReplayTask, signal: AbortSignal): Promise<ReplayAnswer>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** A task takes a fraction of a second; a thread that is not done by then hangs. */
const TASK_LIMIT_MS = 120_000;

/** While one is computed the next is there already: the event loop may be busy writing when a thread is done. */
export const TASKS_PER_THREAD = 2;

/** A replayer on a pool of worker threads, which are started when the first task comes. */
export function createWorkerStepReplayer(threads: number): StepReplayer {
  // Tasks wait here and not in the pool, where their time would run.
  const queue = createLimitedQueue({ concurrency: threads * TASKS_PER_THREAD });
  let pool: WorkerPool | null = null;
  const compute = (task: ReplayTask, signal: AbortSignal) => {
    pool ??= new WorkerPool({
      entry: workerEntry('replay-worker', import.meta.url),
      threads,
      tasksPerThread: TASKS_PER_THREAD,
      timeoutMs: TASK_LIMIT_MS,
      noun: 'the replay',
    });
    return pool.run<ReplayAnswer>('replay', task, signal);
  };
  return {
    replay: (task, signal) =>
      queue.run(() => compute(task, signal), {
        priority: 'background',
        owner: task.recording.symbol,
        signal,
      }),
    close: async () => {
      await Promise.all([queue.close(), pool?.close()]);
    },
  };
}
