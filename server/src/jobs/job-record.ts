import type { ErrorCode, JobStatus } from '@fast-scanner/shared';
import type { JobRecord } from '../store/store.ts';

/** A job of a scanner that keeps its jobs in a house: what all of their rows have in common. */
export interface HousedJob extends JobRecord {
  readonly input: {
    /** What the idempotency key is compared by; `null` without a key. */
    readonly fingerprint: string | null;
  };
  readonly error: { readonly code: ErrorCode; readonly detail: string } | null;
}

/** Whether nothing follows. */
export function isEnded({ status }: { readonly status: JobStatus }): boolean {
  return status !== 'queued' && status !== 'running';
}
