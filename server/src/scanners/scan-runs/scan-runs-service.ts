import type {
  CancelRunResponse,
  ModesResponse,
  RunDiffResponse,
  RunRequest,
  RunResponse,
  RunSignalsResponse,
  RunSummary,
  RunsQuery,
  RunsResponse,
  StartRunResponse,
} from '@fast-scanner/shared';

export interface StartRunOptions {
  readonly idempotencyKey?: string;
}

/** Runs of this process, for the metrics. */
export interface RunCounts {
  readonly running: number;
  readonly queued: number;
}

/** Scan runs as their windows (HTTP, Socket.IO, command line) see them. Failures are `ScannerError`. */
export interface ScanRunsService {
  /**
   * Accepts a run. Once it resolves the run is durable and reaches a terminal event, whatever happens to the caller.
   * @throws ScannerError `exchange_unknown`, `too_many_jobs`, `idempotency_mismatch`, `disk_full`, `unavailable`
   */
  start(request: RunRequest, options?: StartRunOptions): Promise<StartRunResponse>;
  /**
   * Starts a run and waits for its end; aborting `signal` cancels it.
   * @throws ScannerError what `start` throws, and the run's own error when it failed or was cancelled
   */
  scanNow(request: RunRequest, signal: AbortSignal): Promise<RunSignalsResponse>;
  /** @throws ScannerError `not_found`; `gone` with the run's summary once its findings are swept */
  run(runId: string): Promise<RunResponse>;
  /** The run's row without its findings; `null` when unknown. */
  summary(runId: string): Promise<RunSummary | null>;
  /** Newest first. @throws ScannerError `invalid_input` for a cursor that is none */
  runs(query: RunsQuery): Promise<RunsResponse>;
  /** One terminal state however often it is called. @throws ScannerError `not_found` */
  cancel(runId: string): Promise<CancelRunResponse>;
  /** What changed from one run's signals to another's. @throws ScannerError `not_found`, `gone`, `conflict` while one is unfinished */
  diff(fromRunId: string, toRunId: string): Promise<RunDiffResponse>;
  modes(): ModesResponse;
  readonly counts: RunCounts;
}

/** Stream of one run's events. */
export function runStreamId(runId: string): string {
  return `run:${runId}`;
}

/** Stream of what happens across runs. */
export const RUNS_TOPIC_STREAM = 'topic:runs';
