import { randomUUID } from 'node:crypto';
import type { JobRecord, NewEvent } from '@fast-scanner/server/store/store.ts';
import { toIsoTime } from '@fast-scanner/shared';
import type { TestWindows } from './test-windows.ts';

export interface WrittenJobOptions {
  readonly job: JobRecord;
  readonly streamId: string;
  /** Under which name its events carry its id. */
  readonly idField: 'run_id' | 'job_id';
}

/** A job whose log the test writes. Its row says that it has ended, so that nobody takes it up. */
export class WrittenJob {
  readonly #app: TestWindows['app'];
  readonly #options: WrittenJobOptions;

  constructor(app: TestWindows['app'], options: WrittenJobOptions) {
    this.#app = app;
    this.#options = options;
  }

  static async create({ app }: TestWindows, options: WrittenJobOptions): Promise<WrittenJob> {
    await app.eventLog.commit({ createJobs: [options.job] });
    return new WrittenJob(app, options);
  }

  async append(type: NewEvent['type'], body: object, terminal = false): Promise<void> {
    const { job, streamId, idField } = this.#options;
    const timestamp = toIsoTime(this.#app.clock.now());
    const events = [{ type, payload: { [idField]: job.id, ...body, timestamp } }];
    await this.#app.eventLog.commit({ appendEvents: [{ streamId, events, terminal }] });
  }

  /** Removes what has been found; the summary stays. */
  async sweep(): Promise<void> {
    await this.#app.store.sweepEndedJobs(this.#options.job.kind, this.#app.clock.now() + 1);
  }
}

/** The columns that every job has, of one that has just ended well. */
export function endedColumns({ app }: TestWindows): Omit<JobRecord, 'kind' | 'input' | 'state'> {
  const now = app.clock.now();
  return {
    id: randomUUID(),
    status: 'completed',
    exchange: 'demo',
    error: null,
    attempts: 1,
    idempotencyKey: null,
    createdAt: now,
    startedAt: now,
    endedAt: now,
    heartbeatAt: now,
    sweptAt: null,
  };
}
