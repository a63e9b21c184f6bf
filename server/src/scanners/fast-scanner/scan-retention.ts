import type { Clock } from '@fast-scanner/shared';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { Store } from '../../store/store.ts';
import { trimTopic } from '../common/trim-topic.ts';
import { ALERTS_TOPIC_STREAM, SCANS_TOPIC_STREAM } from './fast-scanner-service.ts';
import { SCAN_JOB } from './scan-record.ts';

const SWEEP_INTERVAL_MS = 600_000;

export interface ScanRetentionOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** How long ended scans are kept. */
  readonly retentionMs: number;
  readonly onBug: (error: unknown) => void;
}

/** Deletes ended scans that are old enough, with their events, and the oldest events of the topics. */
export function createScanRetention({
  store,
  clock,
  retentionMs,
  onBug,
}: ScanRetentionOptions): PeriodicTask {
  const work = async () => {
    await store.deleteEndedJobs(SCAN_JOB, clock.now() - retentionMs);
    for (const streamId of [SCANS_TOPIC_STREAM, ALERTS_TOPIC_STREAM]) await trimTopic(store, streamId);
  };
  return new PeriodicTask({ clock, intervalMs: SWEEP_INTERVAL_MS, work, onError: onBug });
}
