import type { DataSource, MarketScanResult, StockFailure, SweepResult } from '@fast-scanner/shared';
import { type JobProgress, NO_PROGRESS } from './job-progress.ts';
import type { JobState } from './job-state.ts';
import type { RunPhase } from './run-state.ts';

/** A market scan, or a sweep, as it stands. */
export interface MarketScanState extends JobState {
  readonly jobId: string | null;
  readonly phase: RunPhase;
  /** `null` until the server has told it, like the two below. */
  readonly strategy: string | null;
  readonly exchange: string | null;
  readonly dataSource: DataSource | null;
  /** Told every five stocks. */
  readonly progress: JobProgress;
  readonly successful: number;
  readonly failed: number;
  /** Profit or loss of the stocks tested so far, in money; after the end, of all. */
  readonly pnl: number;
  /** Stocks that could not be tested, each as soon as it is known. */
  readonly failures: readonly StockFailure[];
  /** `null` until the scan is complete, and when its result is not kept any more. */
  readonly result: MarketScanResult | null;
  /** The same for a sweep. */
  readonly sweepResult: SweepResult | null;
}

export const NO_MARKET_SCAN: MarketScanState = {
  jobId: null,
  phase: 'idle',
  strategy: null,
  exchange: null,
  dataSource: null,
  progress: NO_PROGRESS,
  successful: 0,
  failed: 0,
  pnl: 0,
  failures: [],
  result: null,
  sweepResult: null,
  error: null,
  isCancelling: false,
};
