import { setMaxListeners } from 'node:events';
import { ScannerError } from '@fast-scanner/shared';
import pLimit, { type LimitFunction } from 'p-limit';
import { TaskLanes } from './task-lanes.ts';
import type { Priority, TaskOptions, WorkQueue } from './work-queue.ts';

interface WaitingTask {
  readonly priority: Priority;
  readonly owner: string;
  /** Runs the task and settles its promise; never rejects. */
  readonly start: () => Promise<void>;
  /** Settles the promise of a task that will not run. */
  readonly refuse: (reason: unknown) => void;
}

export interface LimitedQueueOptions {
  /** How many tasks run at the same time, at least 1. */
  readonly concurrency: number;
}

/** A work queue within this process. */
export function createLimitedQueue({ concurrency }: LimitedQueueOptions): WorkQueue {
  return new LimitedQueue(concurrency);
}

/** p-limit holds the concurrency: every task asks it for a slot, and a slot, once free, takes the task whose turn it is then. */
class LimitedQueue implements WorkQueue {
  readonly #limit: LimitFunction;
  readonly #lanes = new TaskLanes<WaitingTask>();
  readonly #running = new Set<Promise<void>>();
  #closing: Promise<void> | null = null;

  constructor(concurrency: number) {
    this.#limit = pLimit(concurrency);
  }

  get pending(): number {
    return this.#lanes.size;
  }

  get running(): number {
    return this.#running.size;
  }

  run<Result>(task: () => Promise<Result>, { priority, owner, signal }: TaskOptions): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#closing) throw closedError();
      signal?.throwIfAborted();
      const leave = () => {
        this.#lanes.remove(waiting);
        reject(signal?.reason);
      };
      const stopListening = () => signal?.removeEventListener('abort', leave);
      const waiting: WaitingTask = {
        priority,
        owner,
        start: async () => {
          stopListening();
          try {
            resolve(await task());
          } catch (error) {
            reject(error);
          }
        },
        refuse: (reason) => {
          stopListening();
          reject(reason);
        },
      };
      // All tasks of a scan share its signal; Node would warn of a leak at the eleventh.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener('abort', leave, { once: true });
      this.#lanes.add(waiting);
      void this.#limit(() => this.#runNext());
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (let task = this.#lanes.take(); task; task = this.#lanes.take()) task.refuse(closedError());
    await Promise.all(this.#running);
  }

  /** Of the tasks that asked for slots some may have left meanwhile: then there is nothing to do. */
  async #runNext(): Promise<void> {
    const run = this.#lanes.take()?.start();
    if (!run) return;
    this.#running.add(run);
    await run;
    this.#running.delete(run);
  }
}

function closedError(): ScannerError {
  return new ScannerError('unavailable', 'The work queue is closed');
}
