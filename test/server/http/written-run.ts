import { randomUUID } from 'node:crypto';
import { INITIAL_STATE, RUN_JOB, type RunJob } from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import { toMetadata } from '@fast-scanner/server/scanners/scan-runs/run-views.ts';
import { runStreamId } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import type { NewEvent } from '@fast-scanner/server/store/store.ts';
import { toIsoTime } from '@fast-scanner/shared';
import type { TestWindows } from './test-windows.ts';

/** A run whose log the test writes. Its row says that it has ended, so that nobody takes it up. */
export class WrittenRun {
  readonly id: string;
  readonly #app: TestWindows['app'];
  readonly #job: RunJob;

  constructor(app: TestWindows['app'], job: RunJob) {
    this.id = job.id;
    this.#app = app;
    this.#job = job;
  }

  static async create({ app }: TestWindows): Promise<WrittenRun> {
    const job = createJob(app.clock.now());
    await app.eventLog.commit({ createJobs: [job] });
    return new WrittenRun(app, job);
  }

  /** Writes `count` small events, one commit each. */
  async appendErrors(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await this.#append('runError', { code: 'rate_limited', error: 'resuming in 3 s' });
    }
  }

  async end(): Promise<void> {
    await this.#append('runEnded', { status: 'completed', metadata: toMetadata(this.#job, []) }, true);
  }

  /** Removes what has been found; the summary stays. */
  async sweep(): Promise<void> {
    await this.#app.store.sweepEndedJobs(RUN_JOB, this.#app.clock.now() + 1);
  }

  async #append(type: NewEvent['type'], body: object, terminal = false): Promise<void> {
    const timestamp = toIsoTime(this.#app.clock.now());
    const events = [{ type, payload: { run_id: this.id, ...body, timestamp } }];
    await this.#app.eventLog.commit({ appendEvents: [{ streamId: runStreamId(this.id), events, terminal }] });
  }
}

function createJob(now: number): RunJob {
  return {
    id: randomUUID(),
    kind: RUN_JOB,
    status: 'completed',
    exchange: 'demo',
    input: {
      mode: 'recon',
      exchange: 'demo',
      dataSource: { exchange: 'demo', kind: 'simulated' },
      limit: 1,
      minScore: 65,
      leverage: 1,
      categories: ['majors'],
      symbols: ['BTC/USDT'],
      priority: 'background',
      fingerprint: null,
    },
    state: { ...INITIAL_STATE, symbols: ['BTC/USDT'], rejected: 1 },
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
