import type { JobStatus, RunPhase } from '@fast-scanner/client';

/** In the order that a job goes through them. */
export const JOB_STATUSES = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly JobStatus[];

/** The server's word for a phase of the client. */
export function toJobStatus(phase: RunPhase): JobStatus {
  switch (phase) {
    case 'complete':
      return 'completed';
    case 'idle':
    case 'starting':
      return 'queued';
    default:
      return phase;
  }
}
