import { INITIAL_STATE, RUN_JOB, type RunJob } from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import { toMetadata } from '@fast-scanner/server/scanners/scan-runs/run-views.ts';
import { runStreamId } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import type { TestWindows } from './test-windows.ts';
import { endedColumns, WrittenJob } from './written-job.ts';

/** A run whose log the test writes. */
export class WrittenRun {
  readonly id: string;
  readonly #job: RunJob;
  readonly #log: WrittenJob;

  constructor(job: RunJob, log: WrittenJob) {
    this.id = job.id;
    this.#job = job;
    this.#log = log;
  }

  static async create(windows: TestWindows): Promise<WrittenRun> {
    const job = createJob(windows);
    const options = { job, streamId: runStreamId(job.id), idField: 'run_id' } as const;
    return new WrittenRun(job, await WrittenJob.create(windows, options));
  }

  /** Writes `count` small events, one commit each. */
  async appendErrors(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await this.#log.append('runError', { code: 'rate_limited', error: 'resuming in 3 s' });
    }
  }

  async end(): Promise<void> {
    await this.#log.append('runEnded', { status: 'completed', metadata: toMetadata(this.#job, []) }, true);
  }

  /** Removes what has been found; the summary stays. */
  async sweep(): Promise<void> {
    await this.#log.sweep();
  }
}

function createJob(windows: TestWindows): RunJob {
  return {
    ...endedColumns(windows),
    kind: RUN_JOB,
    error: null,
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
  };
}
