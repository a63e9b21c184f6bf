import type { Clock } from '@fast-scanner/shared';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { Store } from '../../store/store.ts';
import { trimTopic } from './trim-topic.ts';

const SWEEP_INTERVAL_MS = 60_000;

export interface JobRetentionOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Kind of the jobs. */
  readonly kind: string;
  /** How long the findings and events of ended jobs are kept. */
  readonly retentionMs: number;
  /** How long their summaries are kept. */
  readonly historyMs: number;
  /** Topics whose oldest events go too. */
  readonly topics: readonly string[];
  readonly onBug: (error: unknown) => void;
}

/** Sweeps the findings of ended jobs, later their summaries, and the oldest events of their topics. */
export function createJobRetention(options: JobRetentionOptions): PeriodicTask {
  const { store, clock, kind, retentionMs, historyMs, topics, onBug } = options;
  const work = async () => {
    await store.sweepEndedJobs(kind, clock.now() - retentionMs);
    await store.deleteEndedJobs(kind, clock.now() - historyMs);
    for (const topic of topics) await trimTopic(store, topic);
  };
  return new PeriodicTask({ clock, intervalMs: SWEEP_INTERVAL_MS, work, onError: onBug });
}
