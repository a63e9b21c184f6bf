import type {
  CancelMarketJobResponse,
  MarketJob,
  MarketJobsQuery,
  MarketJobsResponse,
  MarketScanRequest,
  MarketScanResultResponse,
  StartMarketScanResponse,
  StrategiesResponse,
  SweepRequest,
  SweepResultResponse,
} from '@fast-scanner/shared';

export interface StartMarketScanOptions {
  readonly idempotencyKey?: string;
}

/** Jobs of this process, for the metrics. */
export interface MarketJobCounts {
  readonly running: number;
  readonly queued: number;
  /** Accepted since the process began; a repeated `Idempotency-Key` does not count again. */
  readonly accepted: number;
}

/** Market scans as their windows (HTTP, Socket.IO, command line) see them. Failures are `ScannerError`. */
export interface MarketScanService {
  /**
   * Accepts a scan. Once it resolves the job is durable and reaches a terminal event, whatever happens to the caller.
   * @throws ScannerError `not_found` (the strategy), `invalid_input`, `exchange_unknown`, `too_many_jobs`, `idempotency_mismatch`,
   *   `disk_full`, `unavailable`
   */
  start(request: MarketScanRequest, options?: StartMarketScanOptions): Promise<StartMarketScanResponse>;
  /** The same for a sweep; more than 200 variants are `invalid_input`. */
  startSweep(request: SweepRequest, options?: StartMarketScanOptions): Promise<StartMarketScanResponse>;
  /**
   * Starts a scan and waits for its end; aborting `signal` cancels it.
   * @throws ScannerError what `start` throws, and the job's own error when it failed or was cancelled
   */
  scanNow(request: MarketScanRequest, signal: AbortSignal): Promise<MarketScanResultResponse>;
  /** The job without its results; `null` when unknown. */
  job(jobId: string): Promise<MarketJob | null>;
  /** Newest first. @throws ScannerError `invalid_input` for a cursor that is none */
  jobs(query: MarketJobsQuery): Promise<MarketJobsResponse>;
  /**
   * What a completed scan came to.
   * @throws ScannerError `not_found`; `conflict` while it is unfinished, when it did not complete and for a sweep; `gone` with the job
   *   once it is swept
   */
  result(jobId: string): Promise<MarketScanResultResponse>;
  /** What a completed sweep came to. @throws ScannerError as `result`; `conflict` for a scan */
  sweepResult(jobId: string): Promise<SweepResultResponse>;
  /** One terminal state however often it is called. @throws ScannerError `not_found` */
  cancel(jobId: string): Promise<CancelMarketJobResponse>;
  strategies(): StrategiesResponse;
  readonly counts: MarketJobCounts;
}

/** Stream of one job's events. */
export function marketScanStreamId(jobId: string): string {
  return `market-scan:${jobId}`;
}
