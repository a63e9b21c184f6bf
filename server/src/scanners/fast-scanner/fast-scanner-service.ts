import type {
  AlertPreviewQuery,
  AlertPreviewResponse,
  AlertRules,
  AlertRulesResponse,
  AlertsQuery,
  AlertsResponse,
  CancelScanResponse,
  ChangesQuery,
  ChangesResponse,
  QuickScanRequest,
  QuickScanResponse,
  ResultsQuery,
  ResultsResponse,
  ScanDiffResponse,
  ScanResponse,
  ScanStatusResponse,
  ScanSummary,
  ScansQuery,
  ScansResponse,
  Schedule,
  ScheduleResponse,
  SymbolQuery,
  SymbolResponse,
} from '@fast-scanner/shared';

export interface StartScanOptions {
  readonly idempotencyKey?: string;
  /** Which lane of the queues the scan uses. Default `interactive`. */
  readonly trigger?: ScanSummary['trigger'];
  /** Aborting it cancels the scan. */
  readonly signal?: AbortSignal;
}

/** A scan that was accepted: it is stored and will reach a terminal event, whatever happens to the caller. */
export interface StartedScan {
  readonly scanId: string;
  /** Resolves when phase 1 is done; rejects with the scan's error when the scan failed as a whole. */
  readonly quickScan: Promise<QuickScanResponse>;
}

/** The fast scanner as its windows (HTTP, Socket.IO, command line) see it. Failures are `ScannerError`. */
export interface FastScannerService {
  /**
   * Accepts a scan. Once it resolves the scan is durable.
   * @throws ScannerError `exchange_unknown`, `invalid_input`, `too_many_jobs`, `idempotency_mismatch`, `unavailable`
   */
  start(request: QuickScanRequest, options?: StartScanOptions): Promise<StartedScan>;
  /** One terminal state however often it is called. @throws ScannerError `not_found` */
  cancel(scanId: string): Promise<CancelScanResponse>;
  results(query: ResultsQuery): Promise<ResultsResponse>;
  /** @throws ScannerError `not_found` when the symbol was never scanned */
  symbol(symbol: string, query: SymbolQuery): Promise<SymbolResponse>;
  scanStatus(): Promise<ScanStatusResponse>;
  scans(query: ScansQuery): Promise<ScansResponse>;
  /** @throws ScannerError `not_found` */
  scan(scanId: string): Promise<ScanResponse>;
  /** The scan's row without its signals; `null` when unknown. */
  summary(scanId: string): Promise<ScanSummary | null>;
  /** @throws ScannerError `not_found`; `conflict` when the two are of different exchanges or timeframes */
  diff(fromScanId: string, toScanId: string): Promise<ScanDiffResponse>;
  /** What changed against the scan before, or why nothing can be said. @throws ScannerError `not_found` */
  changes(query: ChangesQuery): Promise<ChangesResponse>;
  schedule(): Promise<ScheduleResponse>;
  updateSchedule(schedule: Schedule): Promise<ScheduleResponse>;
  /** Alerts that fired, newest first. */
  alerts(query: AlertsQuery): Promise<AlertsResponse>;
  /** What the rules make of the newest scan and the one before it; nothing is stored or sent. */
  previewAlerts(query: AlertPreviewQuery): Promise<AlertPreviewResponse>;
  alertRules(): Promise<AlertRulesResponse>;
  /** Replaces all rules. */
  updateAlertRules(rules: AlertRules): Promise<AlertRulesResponse>;
}

/** Stream of one scan's events. */
export function scanStreamId(scanId: string): string {
  return `scan:${scanId}`;
}

/** Stream of what happens across scans. */
export const SCANS_TOPIC_STREAM = 'topic:scans';

/** Stream of the alerts that fired. */
export const ALERTS_TOPIC_STREAM = 'topic:alerts';
