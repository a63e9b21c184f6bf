import type { JobStatus, RunPhase } from '@fast-scanner/client';

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
