import { type Clock, ScannerError } from '@fast-scanner/shared';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { JobDesk } from '../common/job-desk.ts';
import type { RunAtWork } from './run-at-work.ts';
import type { RunLedger } from './run-ledger.ts';

const HEARTBEAT_INTERVAL_MS = 15_000;
/** A run in which no symbol has ended for so long is given up: each symbol has a deadline far below it. */
const STALLED_AFTER_MS = 600_000;

export interface RunWatchdogOptions {
  readonly desk: JobDesk<RunLedger, RunAtWork>;
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
