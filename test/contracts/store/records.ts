import type { JobItem, JobRecord, NewEvent, Store } from '@fast-scanner/server/store/store.ts';

/** A running job of the kind `scan`. */
export function job(changes: Partial<JobRecord> = {}): JobRecord {
  return {
    id: 'job-1',
    kind: 'scan',
    status: 'running',
    exchange: 'demo',
    input: { symbols: ['BTC/USDT'] },
    state: { phase: 'quick' },
    error: null,
    attempts: 1,
    idempotencyKey: null,
    createdAt: 1000,
    startedAt: 1001.5,
    endedAt: null,
    heartbeatAt: 1002,
    sweptAt: null,
    ...changes,
  };
}

/** A queued job of the kind `run`. */
export function run(changes: Partial<JobRecord> = {}): JobRecord {
  return job({ id: 'run-1', kind: 'run', status: 'queued', attempts: 0, startedAt: null, ...changes });
}

/** The item BTC/USDT of `job()`. */
export function item(changes: Partial<JobItem> = {}): JobItem {
  return {
    jobId: 'job-1',
    item: 'BTC/USDT',
    position: 0,
    status: 'signal',
    payload: { strength: 0.5 },
    updatedAt: 2000,
    ...changes,
  };
}

/** So many events whose payload tells `text` and their number. */
export function someEvents(count: number, text = 'event'): NewEvent[] {
  return Array.from({ length: count }, (_, index) => ({ type: 'told', payload: { text, index } }));
}

export async function append(store: Store, streamId: string, count: number, terminal = false): Promise<void> {
  await store.commit({ appendEvents: [{ streamId, events: someEvents(count), terminal }] });
}

/** Every seq that is stored of a stream. */
export async function storedSeqs(store: Store, streamId: string): Promise<number[]> {
  return (await store.readEvents(streamId, 0, 1_000_000)).events.map(({ seq }) => seq);
}

/** first, first + 1 … last. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
