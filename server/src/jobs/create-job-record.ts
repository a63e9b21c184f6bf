import { randomUUID } from 'node:crypto';
import type { JobRecord } from '../store/store.ts';

/** A queued job that nobody has taken up yet. */
export function createJobRecord<
  Own extends Pick<JobRecord, 'kind' | 'exchange' | 'input' | 'state' | 'createdAt'>,
>(own: Own) {
  return {
    id: randomUUID(),
    status: 'queued' as const,
    error: null,
    attempts: 0,
    idempotencyKey: null,
    startedAt: null,
    endedAt: null,
    heartbeatAt: null,
    sweptAt: null,
    ...own,
  };
}
