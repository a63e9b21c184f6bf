import type { ErrorCode, JobStatus } from '@fast-scanner/shared';
import type { ClientError } from '../client-error.ts';
import { ScannerApiError } from '../scanner-api-error.ts';

/** What every job's state says. */
export interface JobState {
  /** `idle`: there is no job. `starting`: it was asked for, and the server has not answered yet. */
  readonly phase: string;
  /**
   * What went wrong last: the start or the job failed, or the server cannot be reached just now (then it is asked again, and the phase
   * stays). `null` when nothing is wrong.
   */
  readonly error: ClientError | null;
  /** The end was asked for and has not come yet. */
  readonly isCancelling: boolean;
}

/** How far a job is. */
export interface JobProgress {
  /** Symbols or stocks that have ended, well or not. */
  readonly processed: number;
  /** 0 until it is known. */
  readonly total: number;
  /** 0–100. */
  readonly pct: number;
  /** The one that ended last; `null` before the first. */
  readonly current: string | null;
  /** When the work began, epoch ms by this machine's clock; `null` when it has not. */
  readonly startedAt: number | null;
  /** From the start to the newest news, ms: after the end, how long it took. */
  readonly elapsedMs: number;
  /** Seconds; `null` until a rate is known, and after the end. */
  readonly etaSeconds: number | null;
}

export const NO_PROGRESS: JobProgress = {
  processed: 0,
  total: 0,
  pct: 0,
  current: null,
  startedAt: null,
  elapsedMs: 0,
  etaSeconds: null,
};

const ENDED: readonly string[] = ['complete', 'failed', 'cancelled'];

/** Whether nothing more will come of it. */
export function hasEnded({ phase }: Pick<JobState, 'phase'>): boolean {
  return ENDED.includes(phase);
}

/** The clock of a job whose start and newest news the server has dated: both by the server's clock, shown by ours. */
export function clockOf(
  startedAt: string | null,
  newest: string,
): Pick<JobProgress, 'startedAt' | 'elapsedMs'> {
  if (startedAt === null) return { startedAt: null, elapsedMs: 0 };
  const elapsedMs = Math.max(0, Date.parse(newest) - Date.parse(startedAt));
  return { startedAt: Date.now() - elapsedMs, elapsedMs };
}

/** The phase of a job that the server calls so. */
export function toPhase<Phase extends string>(
  status: JobStatus,
  underway: Phase,
): Phase | 'complete' | 'failed' | 'cancelled' {
  switch (status) {
    case 'completed':
      return 'complete';
    case 'failed':
    case 'cancelled':
      return status;
    default:
      return underway;
  }
}

/** Why the server gave up on a job, in the form of its other errors. */
export function jobFailure(code: ErrorCode, detail: string): ScannerApiError {
  return new ScannerApiError({ code, title: detail, detail, error: detail, requestId: '', success: false });
}
