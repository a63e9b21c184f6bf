import {
  type DataSource,
  type DeepAnalysis,
  type ErrorCode,
  type QuickSignal,
  type ScanResult,
  type ScanSummary,
  type SymbolFailure,
  type Timeframe,
  toIsoTime,
} from '@fast-scanner/shared';
import type { JobItem, JobRecord } from '../../store/store.ts';

export const SCAN_JOB = 'scan';

/** What was asked; never changes. */
export interface ScanInput {
  readonly exchange: string;
  readonly dataSource: DataSource;
  readonly timeframe: Timeframe;
  readonly symbols: readonly string[];
  readonly analyze: boolean;
  readonly trigger: ScanSummary['trigger'];
  /** SHA-256 of the request as it came: what its idempotency key is compared by. Absent without a key. */
  readonly fingerprint?: string;
}

/** What the scan knows of itself beside its items. */
export interface ScanState {
  readonly phase: ScanSummary['phase'];
  readonly symbolCount: number;
  readonly completed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly scanTimeMs: number | null;
  /** What change tracking compared it with; `null` until it has. Absent in scans of former versions, which it told of already. */
  readonly comparison?: ScanComparisonRecord | null;
}

export interface ScanComparisonRecord {
  /** `null` for the first scan of its question. */
  readonly previousScanId: string | null;
}

export const INITIAL_STATE: ScanState = {
  phase: 'quick_scan',
  symbolCount: 0,
  completed: 0,
  failed: 0,
  skipped: 0,
  scanTimeMs: null,
  comparison: null,
};

/** `no_signal`: phase 1 failed; `failed`: phase 2 failed, the quick signal stands. */
export type ScanItemStatus = 'quick_scan' | 'no_signal' | 'complete' | 'failed';

/** Statuses of items that carry a quick signal. */
export const SIGNAL_STATUSES: readonly ScanItemStatus[] = ['quick_scan', 'complete', 'failed'];

/** The memoised result of one symbol. */
export interface ScanItem {
  readonly symbol: string;
  readonly position: number;
  readonly status: ScanItemStatus;
  readonly signal: QuickSignal | null;
  readonly deep: DeepAnalysis | null;
  readonly failure: SymbolFailure | null;
  /** Exchange time of phase 1, epoch ms: phase 2 reads no candle that closed later. */
  readonly asOf: number;
}

export interface ScanJob extends JobRecord {
  readonly input: ScanInput;
  readonly state: ScanState;
  readonly error: { readonly code: ErrorCode; readonly detail: string } | null;
}

/** A job row of kind `scan` as what it is: this room is the only one that writes such rows. */
export function toScanJob(record: JobRecord): ScanJob {
  return record as ScanJob;
}

export function toScanItem(item: JobItem): ScanItem {
  return item.payload as ScanItem; // written by toJobItem, nowhere else
}

export function toJobItem(jobId: string, item: ScanItem, updatedAt: number): JobItem {
  return { jobId, item: item.symbol, position: item.position, status: item.status, payload: item, updatedAt };
}

export function toScanSummary({ id, input, state, ...job }: ScanJob): ScanSummary {
  return {
    scanId: id,
    status: job.status,
    phase: state.phase,
    trigger: input.trigger,
    exchange: input.exchange,
    dataSource: input.dataSource,
    timeframe: input.timeframe,
    analyze: input.analyze,
    symbolCount: state.symbolCount,
    totals: {
      requested: input.symbols.length,
      completed: state.completed,
      failed: state.failed,
      skipped: state.skipped,
    },
    createdAt: toIsoTime(job.createdAt),
    startedAt: job.startedAt === null ? null : toIsoTime(job.startedAt),
    completedAt: job.endedAt === null ? null : toIsoTime(job.endedAt),
    scanTimeMs: state.scanTimeMs,
    error: job.error,
  };
}

/** A symbol's signal with what phase 2 found; `null` when phase 1 gave none. `analyzing` marks work in progress. */
export function toScanResult(item: ScanItem, analyzing: boolean): ScanResult | null {
  if (!item.signal || item.status === 'no_signal') return null;
  const status = item.status === 'quick_scan' && analyzing ? 'analyzing' : item.status;
  return { ...item.signal, status, deepAnalysis: item.deep };
}
