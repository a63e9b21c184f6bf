import { type App, createApp } from '@fast-scanner/server/app.ts';
import type { Config } from '@fast-scanner/server/config.ts';
import { scanStreamId } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import {
  INITIAL_STATE,
  SCAN_JOB,
  type ScanJob,
} from '@fast-scanner/server/scanners/fast-scanner/scan-record.ts';
import type { NewEvent } from '@fast-scanner/server/store/store.ts';
import { type Clock, toIsoTime } from '@fast-scanner/shared';
import { sharedAnalyst } from '../../support/shared-analyst.ts';
import { sharedBacktester } from '../../support/shared-backtester.ts';
import { sharedTrainer } from '../../support/shared-trainer.ts';
import { testConfig } from '../../support/test-config.ts';

export interface TestWindowsOptions {
  readonly dataDir: string;
  readonly config?: Partial<Config>;
  readonly clock?: Clock;
  /** Folder of a built dashboard. */
  readonly webDir?: string;
}

/** The whole product on a free port, with scans whose log the test writes itself. */
export class TestWindows {
  readonly app: App;
  readonly url: string;
  readonly port: number;

  constructor(app: App, url: string) {
    this.app = app;
    this.url = url;
    this.port = Number(new URL(url).port);
  }

  static async open({ dataDir, config = {}, clock, webDir }: TestWindowsOptions): Promise<TestWindows> {
    const workers = { analyst: sharedAnalyst(), backtester: sharedBacktester(), trainer: sharedTrainer() };
    const overrides = { ...workers, ...(clock && { clock }), ...(webDir && { webDir }) };
    const app = await createApp(testConfig({ dataDir, ...config }), overrides);
    return new TestWindows(app, (await app.start()).url);
  }

  /** A scan that is known but does nothing by itself. */
  async createScan(scanId: string): Promise<void> {
    const now = this.app.clock.now();
    const job: ScanJob = {
      id: scanId,
      kind: SCAN_JOB,
      status: 'running',
      exchange: 'demo',
      input: {
        exchange: 'demo',
        dataSource: { exchange: 'demo', kind: 'simulated' },
        timeframe: '1h',
        symbols: ['BTC/USDT'],
        analyze: true,
        trigger: 'interactive',
      },
      state: INITIAL_STATE,
      error: null,
      attempts: 1,
      idempotencyKey: null,
      createdAt: now,
      startedAt: now,
      endedAt: null,
      heartbeatAt: now,
      sweptAt: null,
    };
    await this.app.eventLog.commit({ createJobs: [job] });
  }

  async append(scanId: string, events: readonly NewEvent[], terminal = false): Promise<void> {
    await this.app.eventLog.commit({ appendEvents: [{ streamId: scanStreamId(scanId), events, terminal }] });
  }

  /** Writes `count` small events, one commit each. */
  async appendErrors(scanId: string, count: number, symbol = 'BTC/USDT'): Promise<void> {
    for (let index = 0; index < count; index += 1) await this.append(scanId, [scanError(scanId, { symbol })]);
  }

  async end(scanId: string): Promise<void> {
    await this.append(scanId, [scanEnd(scanId)], true);
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

const TIMESTAMP = toIsoTime(Date.UTC(2026, 0, 5, 12));

export function scanError(
  scanId: string,
  { symbol = 'BTC/USDT', error = 'no' }: { readonly symbol?: string; readonly error?: string } = {},
): NewEvent {
  return { type: 'scanError', payload: { scanId, symbol, code: 'no_data', error, timestamp: TIMESTAMP } };
}

export function scanEnd(scanId: string): NewEvent {
  const totals = { requested: 1, completed: 1, failed: 0, skipped: 0 };
  return {
    type: 'deepAnalysisComplete',
    payload: { scanId, status: 'completed', totals, timestamp: TIMESTAMP },
  };
}
