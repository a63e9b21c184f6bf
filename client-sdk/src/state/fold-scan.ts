import type {
  QuickScanResponse,
  ScanEvent,
  ScanEvents,
  ScanResponse,
  ScanResult,
  ScanSummary,
  SymbolFailure,
  SymbolStatus,
} from '@fast-scanner/shared';
import { advance } from './job-progress.ts';
import { jobFailure, toPhase } from './job-state.ts';
import type { ScanPhase, ScanState } from './scan-state.ts';

/** A symbol goes only this way. */
const STEPS: Readonly<Record<SymbolStatus, number>> = { quick_scan: 0, analyzing: 1, complete: 2, failed: 2 };

/** The answer of phase 1. */
export function foldQuickScan(state: ScanState, answer: QuickScanResponse): ScanState {
  const { scanId, signals, failures, timestamp } = answer;
  const startTime = new Date(Date.parse(timestamp) - answer.scanTimeMs).toISOString();
  return {
    ...state,
    scanId,
    phase: 'analyzing',
    signals: signals.map((signal) => ({ ...signal, deepAnalysis: null })),
    failures,
    progress: advance(state.progress, { total: signals.length, startTime, timestamp }),
  };
}

/** The scan as the server has it, joined with what was heard already. */
export function foldScan(state: ScanState, { scan, signals, failures }: ScanResponse): ScanState {
  const rows = mergeRows(state.signals, signals);
  const startTime = scan.startedAt ?? scan.createdAt;
  const progress = advance(state.progress, {
    processed: rows.filter(({ status }) => status === 'complete' || status === 'failed').length,
    total: rows.length,
    startTime,
    timestamp: scan.completedAt ?? newestOf(signals) ?? startTime,
  });
  return {
    ...state,
    scan,
    phase: toPhase<ScanPhase>(scan.status, scan.phase === 'quick_scan' ? 'quick' : 'analyzing'),
    signals: rows,
    failures: joinFailures(state.failures, failures),
    progress,
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
      return foldProgress(state, event);
    case 'scanError':
      return foldError(state, event);
    case 'deepAnalysisComplete':
      return foldEnd(state, event);
    default:
      return state;
  }
}

function foldQuickPhase(state: ScanState, event: ScanEvents['quickScanComplete']): ScanState {
  const { signals, failures, timestamp, scanTime } = event;
  const news = signals.map((signal) => ({ ...signal, deepAnalysis: null }));
  const scan: ScanSummary | null = state.scan && {
    ...state.scan,
    phase: 'deep_analysis',
    symbolCount: signals.length,
    scanTimeMs: state.scan.scanTimeMs ?? scanTime,
  };
  return {
    ...state,
    scan,
    phase: 'analyzing',
    signals: mergeRows(state.signals, news),
    failures: joinFailures(state.failures, failures),
    progress: advance(state.progress, { total: signals.length, timestamp }),
  };
}

function foldRow(state: ScanState, row: ScanResult): ScanState {
  return { ...state, signals: mergeRows(state.signals, [row]) };
}

function foldProgress(state: ScanState, event: ScanEvents['analysisProgress']): ScanState {
  const { completed, failed, total, processed: ended, etaSeconds, timestamp } = event;
  const news = { processed: completed + failed, total, current: ended.at(-1), etaSeconds, timestamp };
  return { ...state, progress: advance(state.progress, news) };
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
  const progress = advance(state.progress, { timestamp, etaSeconds: null });
  return { ...state, scan, phase: toPhase<ScanPhase>(status, 'analyzing'), progress };
}

/** New rows in place of those of the same symbol; a row never loses its analysis, and what does not change stays the same object. */
function mergeRows(rows: readonly ScanResult[], news: readonly ScanResult[]): readonly ScanResult[] {
  const places = new Map(rows.map(({ symbol }, place) => [symbol, place]));
  const merged = [...rows];
  for (const row of news) {
    const place = places.get(row.symbol) ?? merged.length;
    if (isNews(row, merged[place])) merged[place] = row;
  }
  return merged;
}

/** Predictions may be filled in later than the rest of the analysis. */
function isNews({ deepAnalysis, status }: ScanResult, known: ScanResult | undefined): boolean {
  if (known === undefined) return true;
  if (known.deepAnalysis === null) return deepAnalysis !== null || STEPS[status] > STEPS[known.status];
  return known.deepAnalysis.ml_prediction === null && (deepAnalysis?.ml_prediction ?? null) !== null;
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
