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

const ENDED: readonly string[] = ['complete', 'failed', 'cancelled'];

/** Whether nothing more will come of it. */
export function hasEnded({ phase }: Pick<JobState, 'phase'>): boolean {
  return ENDED.includes(phase);
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
