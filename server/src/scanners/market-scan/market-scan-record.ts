import type { DataSource, StockFailure, StockResult, Timeframe } from '@fast-scanner/shared';
import type { ParameterValues } from '../../analysis/backtest/strategy.ts';
import type { HousedJob } from '../../jobs/job-record.ts';
import type { Priority } from '../../jobs/work-queue.ts';
import type { JobItem, JobRecord } from '../../store/store.ts';
import type { TestPlan } from './backtester.ts';

export const MARKET_SCAN_JOB = 'market-scan';

/** What is tested: one set of parameters over all stocks, or many compared with each other. */
export type MarketTask =
  | { readonly kind: 'scan'; readonly parameters: ParameterValues }
  | { readonly kind: 'sweep'; readonly variants: readonly ParameterValues[]; readonly inSample: number };

/** What was asked; never changes. */
export interface MarketScanInput {
  readonly task: MarketTask;
  readonly strategy: string;
  readonly interval: Timeframe;
  readonly exchange: string;
  readonly dataSource: DataSource;
  /** Epoch ms UTC; `null` where the caller named none. */
  readonly from: number | null;
  /** Exclusive. */
  readonly to: number | null;
  readonly universe: string | null;
  readonly tickers: readonly string[] | null;
  readonly options: Omit<TestPlan['options'], 'units'>;
  /** `null`: whole for stocks, fractional for coins. */
  readonly units: TestPlan['options']['units'] | null;
  readonly priority: Priority;
  /** What the idempotency key is compared by; `null` without a key. */
  readonly fingerprint: string | null;
}

/** The stocks of a job. */
export interface Universe {
  readonly name: string;
  /** The date of the list, `YYYY-MM-DD`; `null` when it is no list. */
  readonly asOf: string | null;
  readonly tickers: readonly string[];
  readonly caveats: readonly string[];
}

export interface TimeRange {
  /** Epoch ms UTC. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** What the job knows of itself beside its items. */
export interface MarketScanState {
  /** Resolved once, when the job starts for the first time; `null` before. */
  readonly universe: Universe | null;
  /** Fixed with the universe, so that a job that goes on tomorrow looks at the same candles. */
  readonly range: TimeRange | null;
  readonly successful: number;
  readonly failed: number;
  readonly pnl: number;
  readonly etaSeconds: number | null;
  /** Working time, monotonic, over all processes that worked on it. */
  readonly durationMs: number;
}

export const INITIAL_STATE: MarketScanState = {
  universe: null,
  range: null,
  successful: 0,
  failed: 0,
  pnl: 0,
  etaSeconds: null,
  durationMs: 0,
};

/** How a stock ended. */
export type StockOutcome =
  | { readonly status: 'tested'; readonly result: StockResult }
  | { readonly status: 'failed'; readonly failure: StockFailure };

/** The memoised outcome of one stock. Of a sweep only failures are kept. */
export type MarketScanItem = StockOutcome & { readonly ticker: string; readonly position: number };

export type FailedItem = Extract<MarketScanItem, { readonly status: 'failed' }>;

export interface MarketScanJob extends HousedJob {
  readonly input: MarketScanInput;
  readonly state: MarketScanState;
}

/** A job row of kind `market-scan` as what it is: this room is the only one that writes such rows. */
export function toMarketScanJob(record: JobRecord): MarketScanJob {
  return record as MarketScanJob;
}

export function toMarketScanItem(item: JobItem): MarketScanItem {
  return item.payload as MarketScanItem; // written by toJobItem, nowhere else
}

export function toJobItem(jobId: string, item: MarketScanItem, updatedAt: number): JobItem {
  return { jobId, item: item.ticker, position: item.position, status: item.status, payload: item, updatedAt };
}
