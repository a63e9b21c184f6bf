import {
  INITIAL_STATE,
  MARKET_SCAN_JOB,
  type MarketScanJob,
} from '@fast-scanner/server/scanners/market-scan/market-scan-record.ts';
import { marketScanStreamId } from '@fast-scanner/server/scanners/market-scan/market-scan-service.ts';
import type { MarketScanResult } from '@fast-scanner/shared';
import type { TestWindows } from './test-windows.ts';
import { endedColumns, WrittenJob } from './written-job.ts';

/** A market scan whose log the test writes. */
export class WrittenMarketScan {
  readonly id: string;
  readonly streamId: string;
  readonly #log: WrittenJob;

  constructor(id: string, log: WrittenJob) {
    this.id = id;
    this.streamId = marketScanStreamId(id);
    this.#log = log;
  }

  static async create(windows: TestWindows): Promise<WrittenMarketScan> {
    const job = createJob(windows);
    const options = { job, streamId: marketScanStreamId(job.id), idField: 'job_id' } as const;
    return new WrittenMarketScan(job.id, await WrittenJob.create(windows, options));
  }

  /** Writes `count` small events, one commit each. */
  async appendErrors(count: number): Promise<void> {
    const failure = { ticker: 'NONE', error: 'there is no such stock', code: 'symbol_unknown' };
    for (let index = 0; index < count; index += 1) {
      await this.#log.append('error', { ...failure, current: index + 1, total: count });
    }
  }

  async end(): Promise<void> {
    await this.#log.append('cancelled', { current: 1, total: 1 }, true);
  }

  async complete(result: MarketScanResult): Promise<void> {
    await this.#log.append('complete', result, true);
  }

  /** Removes what has been found; the summary stays. */
  async sweep(): Promise<void> {
    await this.#log.sweep();
  }
}

function createJob(windows: TestWindows): MarketScanJob {
  return {
    ...endedColumns(windows),
    kind: MARKET_SCAN_JOB,
    error: null,
    input: {
      task: { kind: 'scan', parameters: { fast: 10, slow: 30 } },
      strategy: 'sma_cross',
      interval: '1d',
      exchange: 'demo',
      dataSource: { exchange: 'demo', kind: 'simulated' },
      from: null,
      to: null,
      universe: null,
      tickers: ['NONE'],
      options: {
        cash: 10_000,
        commissionRate: 0.001,
        slippageRate: 0.0005,
        direction: 'long',
        lastTrade: 'close',
      },
      units: null,
      priority: 'background',
      fingerprint: null,
    },
    state: { ...INITIAL_STATE, failed: 1 },
  };
}
