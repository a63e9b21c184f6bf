import type { DataSource, RejectionReason, RunModeName, RunRejection, RunSignal } from '@fast-scanner/shared';
import type { HousedJob } from '../../jobs/job-record.ts';
import type { Priority } from '../../jobs/work-queue.ts';
import type { JobItem, JobRecord } from '../../store/store.ts';
import type { SymbolCategory } from './symbol-categories.ts';

export const RUN_JOB = 'run';

/** What was asked; never changes. */
export interface RunInput {
  readonly mode: RunModeName;
  readonly exchange: string;
  readonly dataSource: DataSource;
  readonly limit: number;
  /** The larger one of the mode's and the caller's. */
  readonly minScore: number;
  readonly leverage: number;
  readonly categories: readonly SymbolCategory[];
  /** Named by the caller; `null` when the run chooses. */
  readonly symbols: readonly string[] | null;
  readonly priority: Priority;
  /** What the idempotency key is compared by; `null` without a key. */
  readonly fingerprint: string | null;
}

/** What the run knows of itself beside its items. */
export interface RunState {
  /** Chosen once, when the run starts for the first time; `null` before. */
  readonly symbols: readonly string[] | null;
  readonly selectionNote: string | null;
  readonly signals: number;
  readonly rejected: number;
  readonly failed: number;
  /** Working time, monotonic, over all processes that worked on it. */
  readonly durationMs: number;
}

export const INITIAL_STATE: RunState = {
  symbols: null,
  selectionNote: null,
  signals: 0,
  rejected: 0,
  failed: 0,
  durationMs: 0,
};

/** How a symbol ended. */
export type RunOutcome =
  | {
      readonly status: 'signal';
      readonly signal: RunSignal;
      /** Exchange time of the newest price and candles that it was judged by, epoch ms. */
      readonly asOf: number;
    }
  | {
      readonly status: 'rejected' | 'failed';
      readonly reason: RejectionReason;
      readonly rejection: RunRejection;
    };

/** The memoised outcome of one symbol. */
export type RunItem = RunOutcome & { readonly symbol: string; readonly position: number };

export interface RunJob extends HousedJob {
  readonly input: RunInput;
  readonly state: RunState;
}

/** A job row of kind `run` as what it is: this room is the only one that writes such rows. */
export function toRunJob(record: JobRecord): RunJob {
  return record as RunJob;
}

export function toRunItem(item: JobItem): RunItem {
  return item.payload as RunItem; // written by toJobItem, nowhere else
}

export function toJobItem(jobId: string, item: RunItem, updatedAt: number): JobItem {
  return { jobId, item: item.symbol, position: item.position, status: item.status, payload: item, updatedAt };
}

/** Symbols of the run; until they are chosen, how many there will be at most. */
export function totalOf({ input, state }: RunJob): number {
  return state.symbols?.length ?? input.symbols?.length ?? input.limit;
}

/** Symbols that have ended. */
export function progressOf({ state }: RunJob): number {
  return state.signals + state.rejected + state.failed;
}
