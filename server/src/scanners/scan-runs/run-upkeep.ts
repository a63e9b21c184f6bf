import { type Clock, ScannerError } from '@fast-scanner/shared';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { Store } from '../../store/store.ts';
import { trimTopic } from '../common/trim-topic.ts';
import type { RunDesk } from './run-desk.ts';
import { RUN_JOB } from './run-record.ts';
import { RUNS_TOPIC_STREAM } from './scan-runs-service.ts';

const HEARTBEAT_INTERVAL_MS = 15_000;
/** A run in which no symbol has ended for so long is given up: each symbol has a deadline far below it. */
const STALLED_AFTER_MS = 600_000;
const SWEEP_INTERVAL_MS = 60_000;

export interface RunWatchdogOptions {
  readonly desk: RunDesk;
  readonly clock: Clock;
  /** Takes in runs the store has as unfinished and nobody works on. */
  readonly adopt: () => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** Says of every run at work that it is alive, ends those that get nowhere and takes in those that nobody works on. */
export function createRunWatchdog({ desk, clock, adopt, onBug }: RunWatchdogOptions): PeriodicTask {
  const work = async () => {
    for (const { ledger, work: atWork } of desk.all()) {
      if (!atWork) continue;
      if (clock.monotonic() - atWork.progressedAt > STALLED_AFTER_MS) atWork.fail(stalledError());
      else await ledger.beat().catch(() => undefined); // it has just ended, or the store is down and says so elsewhere
    }
    await adopt();
  };
  return new PeriodicTask({ clock, intervalMs: HEARTBEAT_INTERVAL_MS, work, onError: onBug });
}

function stalledError(): ScannerError {
  const detail = `no symbol has ended for ${STALLED_AFTER_MS / 60_000} minutes; start the run again`;
  return new ScannerError('interrupted', detail);
}

export interface RunRetentionOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** How long the findings and events of ended runs are kept. */
  readonly retentionMs: number;
  /** How long their summaries are kept. */
  readonly historyMs: number;
  readonly onBug: (error: unknown) => void;
}

/** Sweeps the findings of ended runs, later their summaries, and the oldest events of the topic. */
export function createRunRetention(options: RunRetentionOptions): PeriodicTask {
  const { store, clock, retentionMs, historyMs, onBug } = options;
  const work = async () => {
    await store.sweepEndedJobs(RUN_JOB, clock.now() - retentionMs);
    await store.deleteEndedJobs(RUN_JOB, clock.now() - historyMs);
    await trimTopic(store, RUNS_TOPIC_STREAM);
  };
  return new PeriodicTask({ clock, intervalMs: SWEEP_INTERVAL_MS, work, onError: onBug });
}
