import type { ScanResult, ScanSummary, SymbolFailure } from '@fast-scanner/shared';
import { type JobProgress, NO_PROGRESS } from './job-progress.ts';
import type { JobState } from './job-state.ts';

export const SCAN_PHASES = [
  'idle',
  'starting',
  'quick',
  'analyzing',
  'complete',
  'failed',
  'cancelled',
] as const;
/**
 * `idle`: no scan. `starting`: asked for, no answer yet. `quick`: the server makes the quick signals. `analyzing`: they are there, and the
 * deep analysis fills them in. The others are ends.
 */
export type ScanPhase = (typeof SCAN_PHASES)[number];

/** A scan as it stands. */
export interface ScanState extends JobState {
  readonly scanId: string | null;
  readonly phase: ScanPhase;
  /** Exchange, timeframe, source of the data, totals; `null` until the server has told them. */
  readonly scan: ScanSummary | null;
  /** In the order they were asked for; `deepAnalysis` is `null` until the symbol was analysed. A row that does not change stays the same object. */
  readonly signals: readonly ScanResult[];
  /** Symbols that gave no signal, and those whose analysis failed. */
  readonly failures: readonly SymbolFailure[];
  /** Of the deep analysis. */
  readonly progress: JobProgress;
}

export const NO_SCAN: ScanState = {
  scanId: null,
  phase: 'idle',
  scan: null,
  signals: [],
  failures: [],
  progress: NO_PROGRESS,
  error: null,
  isCancelling: false,
};
