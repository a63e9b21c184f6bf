import type {
  CancelMarketJobResponse,
  MarketJobResponse,
  MarketScanEventName,
  MarketScanEvents,
  MarketScanResultResponse,
  SweepResultResponse,
} from '@fast-scanner/shared';
import type { Connection } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import { Job } from './job.ts';

export interface MarketJobOptions {
  readonly http: HttpTransport;
  readonly connection: Connection;
  /** Where results of its kind are read. */
  readonly results: string;
}

const TERMINALS: readonly MarketScanEventName[] = ['complete', 'sweepComplete', 'cancelled', 'failed'];

/** A market scan or a sweep on the server. Its `result` is refused with `conflict` unless it completes; `wait` answers however it ends. */
export class MarketJobHandle<Result> extends Job<
  MarketScanEvents,
  MarketJobResponse,
  CancelMarketJobResponse,
  Result
> {
  readonly jobId: string;

  constructor(jobId: string, { results, ...transports }: MarketJobOptions) {
    const id = encodeURIComponent(jobId);
    super({
      ...transports,
      key: { jobId },
      terminals: TERMINALS,
      path: `/market-scan/status/${id}`,
      resultPath: `/market-scan/${results}/${id}`,
      cancelPath: `/market-scan/${id}`,
    });
    this.jobId = jobId;
  }
}

/** One strategy over a whole market. */
export type MarketScan = MarketJobHandle<MarketScanResultResponse>;

/** The same strategy with many values. */
export type MarketSweep = MarketJobHandle<SweepResultResponse>;
