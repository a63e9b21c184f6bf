/** What somebody waits for goes ahead of scheduled work, and both go ahead of what runs in the background. */
export const PRIORITIES = ['interactive', 'scheduled', 'background'] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface TaskOptions {
  readonly priority: Priority;
  /** Tasks of different owners (scans) take turns within a priority, so that a long scan does not starve a short one. */
  readonly owner: string;
  /** Aborting it before the task started removes the task: its promise rejects with the signal's reason and it never runs. */
  readonly signal?: AbortSignal;
}

/**
 * Runs tasks at a fixed global concurrency. The contract suite is `test/contracts/work-queue.contract.ts`.
 */
export interface WorkQueue {
  /** Resolves or rejects with the task's outcome. After `close` it rejects with `ScannerError` `unavailable`. */
  run<Result>(task: () => Promise<Result>, options: TaskOptions): Promise<Result>;
  /** Tasks that wait, not counting those that run. */
  readonly pending: number;
  readonly running: number;
  /** Refuses new tasks, rejects those that wait with `unavailable` and resolves when the running ones have ended. Idempotent. */
  close(): Promise<void>;
}
