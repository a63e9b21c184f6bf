import type {
  QuickScanResponse,
  ScanEvent,
  ScanEvents,
  ScanResponse,
  ScanResult,
  ScanSummary,
  SymbolFailure,
} from '@fast-scanner/shared';
import { clockOf, type JobProgress, jobFailure, toPhase } from './job-state.ts';
import type { ScanPhase, ScanState } from './scan-state.ts';

/** The answer of phase 1. */
export function foldQuickScan(state: ScanState, answer: QuickScanResponse): ScanState {
  const { scanId, signals, failures, timestamp } = answer;
  const startedAt = new Date(Date.parse(timestamp) - answer.scanTimeMs).toISOString();
  return {
    ...state,
    scanId,
    phase: 'analyzing',
    signals: signals.map((signal) => ({ ...signal, deepAnalysis: null })),
    failures,
    progress: { ...state.progress, ...clockOf(startedAt, timestamp), total: signals.length },
  };
}

/** The scan as the server has it, joined with what was heard already. */
export function foldScan(state: ScanState, { scan, signals, failures }: ScanResponse): ScanState {
  const rows = mergeRows(state.signals, signals);
  const processed = rows.filter(({ status }) => status === 'complete' || status === 'failed').length;
  const newest = scan.completedAt ?? newestOf(signals) ?? scan.createdAt;
  return {
    ...state,
    scan,
    phase: toPhase(scan.status, scan.phase === 'quick_scan' ? 'quick' : 'analyzing'),
    signals: rows,
    failures: joinFailures(state.failures, failures),
    progress: {
      ...countTo(state.progress, processed, rows.length),
      ...clockOf(scan.startedAt ?? scan.createdAt, newest),
    },
    error: scan.error && jobFailure(scan.error.code, scan.error.detail),
  };
}

/** Events of names unknown to this client change nothing. */
export function foldScanEvent(state: ScanState, event: ScanEvent): ScanState {
  switch (event.type) {
    case 'quickScanComplete':
      return foldQuickPhase(state, event);
    case 'symbolAnalyzed':
      return foldRow(state, { ...event.signal, deepAnalysis: event.deepData });
    case 'analysisProgress':
      return { ...state, progress: foldProgress(state, event) };
    case 'scanError':
      return foldError(state, event);
    case 'deepAnalysisComplete':
      return foldEnd(state, event);
    default:
      return state;
  }
}

function foldQuickPhase(state: ScanState, { signals, failures }: ScanEvents['quickScanComplete']): ScanState {
  const rows = mergeRows(
    state.signals,
    signals.map((signal) => ({ ...signal, deepAnalysis: null })),
  );
  return {
    ...state,
    phase: 'analyzing',
    signals: rows,
    failures: joinFailures(state.failures, failures),
    progress: countTo(state.progress, 0, rows.length),
  };
}

function foldRow(state: ScanState, row: ScanResult): ScanState {
  return { ...state, signals: mergeRows(state.signals, [row]) };
}

function foldProgress(state: ScanState, event: ScanEvents['analysisProgress']): JobProgress {
  const { completed, failed, total, processed, etaSeconds, timestamp } = event;
  return {
    ...countTo(state.progress, completed + failed, total),
    current: processed.at(-1) ?? state.progress.current,
    elapsedMs: elapsedUntil(state, timestamp),
    etaSeconds,
  };
}

function foldError(state: ScanState, { symbol, code, error }: ScanEvents['scanError']): ScanState {
  if (symbol === undefined) return { ...state, error: jobFailure(code, error) };
  const failures = joinFailures(state.failures, [{ symbol, reason: code, detail: error }]);
  const row = state.signals.find((signal) => signal.symbol === symbol);
  const failed = { ...state, failures };
  return row && row.status !== 'failed' ? foldRow(failed, { ...row, status: 'failed' }) : failed;
}

function foldEnd(state: ScanState, event: ScanEvents['deepAnalysisComplete']): ScanState {
  const { status, totals, timestamp } = event;
  const scan: ScanSummary | null = state.scan && {
    ...state.scan,
    status,
    phase: 'done',
    totals,
    completedAt: timestamp,
  };
  const progress = { ...state.progress, elapsedMs: elapsedUntil(state, timestamp), etaSeconds: null };
  return { ...state, scan, phase: toPhase<ScanPhase>(status, 'analyzing'), progress };
}

/** Counts only rise: an event may be older than what was read. */
function countTo(progress: JobProgress, done: number, total: number): JobProgress {
  const processed = Math.max(progress.processed, done);
  return { ...progress, processed, total, pct: total === 0 ? 0 : (processed / total) * 100 };
}

/** By the server's clock where the start is known by it, so that a wrong clock here does not show. */
function elapsedUntil({ scan, progress }: ScanState, timestamp: string): number {
  if (scan === null) return progress.elapsedMs;
  return Math.max(progress.elapsedMs, clockOf(scan.startedAt ?? scan.createdAt, timestamp).elapsedMs);
}

/** New rows in place of those of the same symbol; a row never loses its analysis, and what does not change stays the same object. */
function mergeRows(rows: readonly ScanResult[], news: readonly ScanResult[]): readonly ScanResult[] {
  const places = new Map(rows.map(({ symbol }, place) => [symbol, place]));
  const merged = [...rows];
  for (const row of news) {
    const place = places.get(row.symbol) ?? merged.length;
    const known = merged[place];
    if (known === undefined || known.deepAnalysis === null) merged[place] = row;
  }
  return merged;
}

function joinFailures(
  known: readonly SymbolFailure[],
  news: readonly SymbolFailure[],
): readonly SymbolFailure[] {
  const failures = new Map([...known, ...news].map((failure) => [failure.symbol, failure]));
  return failures.size === known.length ? known : [...failures.values()];
}

function newestOf(signals: readonly ScanResult[]): string | null {
  const times = signals.map(({ timestamp, deepAnalysis }) => deepAnalysis?.timestamp ?? timestamp);
  return times.sort().at(-1) ?? null;
}
