import assert from 'node:assert/strict';
import { marketJobResponseSchema, startMarketScanResponseSchema } from '@fast-scanner/shared';
import { TestClient } from './test-client.ts';

export const MARKET_SCAN = '/market-scan';

/** A year of two stocks. */
export const QUICK_SCAN = {
  strategy: 'sma_cross',
  tickers: ['AAPL', 'MSFT'],
  start_date: '2024-01-02',
  end_date: '2024-12-31',
} as const;

/** Two variants over the same. */
export const QUICK_SWEEP = { ...QUICK_SCAN, parameters: { fast: [5, 10], slow: [30] } } as const;

/** What tests ask of market scans over HTTP. */
export class MarketScanClient extends TestClient {
  async start(body: object = QUICK_SCAN, kind: 'start' | 'sweep' = 'start'): Promise<string> {
    const { job_id } = await this.post(`${MARKET_SCAN}/${kind}`, body, startMarketScanResponseSchema);
    return job_id;
  }

  status(jobId: string) {
    return this.get(`${MARKET_SCAN}/status/${jobId}`, marketJobResponseSchema);
  }

  /** The job once it has ended: its event stream ends with it. */
  async ended(jobId: string) {
    await this.ask(`${MARKET_SCAN}/stream/${jobId}`);
    const job = await this.status(jobId);
    assert.ok(job.completed_at, `job ${jobId} is ${job.status}`);
    return job;
  }
}
