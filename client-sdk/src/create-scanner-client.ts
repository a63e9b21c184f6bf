import type {
  Alert,
  AlertEvents,
  AlertPreviewQuery,
  AlertPreviewResponse,
  AlertRulesInput,
  AlertRulesResponse,
  AlertsQuery,
  AlertsResponse,
  ChangesQuery,
  ChangesResponse,
  QuickScanInput,
  QuickScanResponse,
  ResultsQuery,
  ResultsResponse,
  ScanDiffResponse,
  ScanStatusResponse,
  ScansQuery,
  ScansResponse,
  ScanTopicEvents,
  Schedule,
  ScheduleResponse,
  SymbolQuery,
  SymbolResponse,
} from '@fast-scanner/shared';
import type { CallOptions } from './call-options.ts';
import { Connection, type ConnectionState } from './connection.ts';
import { Continuous } from './continuous.ts';
import { HttpTransport, type TokenSource } from './http-transport.ts';
import type { EventOf } from './job.ts';
import { MarketScans } from './market-scans.ts';
import { Markets } from './markets.ts';
import { Models } from './models.ts';
import { Outcomes } from './outcomes.ts';
import { Prices } from './prices.ts';
import { randomKey } from './random-key.ts';
import { Runs } from './runs.ts';
import { Scan } from './scan.ts';
import { toQuery } from './to-query.ts';
import { TopicWatch } from './topic-watch.ts';
import type { WatchOptions } from './watch-options.ts';
import { Webhooks } from './webhooks.ts';

export interface ScannerClientOptions {
  /** Where the server listens, such as `http://127.0.0.1:5000`. */
  readonly url: string;
  /** API token, when the server asks for one; a function is called for every request. */
  readonly token?: TokenSource;
}

/** What happens across scans: one has begun, or a signal is not what it was in the scan before. */
export type ScansEvent = EventOf<ScanTopicEvents>;

/** A typed client of one Fast Scanner server. */
export interface ScannerClient {
  /**
   * Scans and resolves when phase 1 is done; phase 2 goes on and is followed through the returned scan.
   * @throws ScannerApiError the server's refusal, such as `exchange_unavailable` when the exchange cannot be reached
   * @throws ScannerConnectionError when the server cannot be reached
   */
  quickScan(request?: QuickScanInput, options?: CallOptions): Promise<Scan>;
  /** A handle on a scan that exists already. */
  scan(scanId: string): Scan;
  results(query?: Partial<ResultsQuery>, options?: CallOptions): Promise<ResultsResponse>;
  symbol(symbol: string, query?: Partial<SymbolQuery>, options?: CallOptions): Promise<SymbolResponse>;
  status(options?: CallOptions): Promise<ScanStatusResponse>;
  scans(query?: Partial<ScansQuery>, options?: CallOptions): Promise<ScansResponse>;
  /** Calls `listener` with everything that happens across scans from now on until the returned function is called. */
  watchScans(listener: (event: ScansEvent) => void, options?: WatchOptions): () => void;
  /** What changed against the scan before of the same symbols and timeframe; of the newest scan by default. */
  changes(query?: Partial<ChangesQuery>, options?: CallOptions): Promise<ChangesResponse>;
  /** What changed from one scan to another. */
  diff(fromScanId: string, toScanId: string, options?: CallOptions): Promise<ScanDiffResponse>;
  schedule(options?: CallOptions): Promise<ScheduleResponse>;
  updateSchedule(
    schedule: Partial<Schedule> & Pick<Schedule, 'enabled'>,
    options?: CallOptions,
  ): Promise<ScheduleResponse>;
  /** Significant moves between scans, newest first. */
  alerts(query?: Partial<AlertsQuery>, options?: CallOptions): Promise<AlertsResponse>;
  /** Calls `listener` with every alert that fires from now on until the returned function is called. */
  watchAlerts(listener: (alert: Alert) => void, options?: WatchOptions): () => void;
  alertRules(options?: CallOptions): Promise<AlertRulesResponse>;
  /** Replaces all rules; what a rule leaves out has its default. */
  updateAlertRules(rules: AlertRulesInput, options?: CallOptions): Promise<AlertRulesResponse>;
  /** What the rules make of the newest scan, and why one does not fire; nothing is stored or sent. */
  previewAlerts(query?: Partial<AlertPreviewQuery>, options?: CallOptions): Promise<AlertPreviewResponse>;
  /** Where alerts are sent. */
  readonly webhooks: Webhooks;
  /** Scan runs: background scans with a mode, which say why a symbol is no signal. */
  readonly runs: Runs;
  /** Market scans: one strategy tested on every stock, and sweeps over its parameters. */
  readonly marketScans: MarketScans;
  /** The continuous scanner: signals of every closed candle, the state of the market, training data. */
  readonly continuous: Continuous;
  /** What can be scanned: exchanges, their symbols, and candles. */
  readonly markets: Markets;
  /** The models that deep analyses predict with. */
  readonly models: Models;
  /** Signals with their outcomes, and the scorecard. */
  readonly outcomes: Outcomes;
  /** Prices, asked for or watched. */
  readonly prices: Pick<Prices, 'get' | 'watch'>;
  readonly connectionState: ConnectionState;
  /** Calls `listener` on every change of the live connection until the returned function is called. */
  onConnectionChange(listener: (state: ConnectionState) => void): () => void;
  /** Drops the live connection for good; whoever waits for events gets a `ScannerConnectionError`. */
  close(): void;
}

/** A client of the server at `url`. Nothing is opened before the first call. */
export function createScannerClient(options: ScannerClientOptions): ScannerClient {
  const http = new HttpTransport(options);
  const connection = new Connection(options);
  const prices = new Prices(http, connection);
  const scansWatch = new TopicWatch<ScansEvent>(connection, 'scans');
  const alertsWatch = new TopicWatch<EventOf<AlertEvents>>(connection, 'alerts');
  const get = <Answer>(path: string, query: object, { signal }: CallOptions = {}) =>
    http.request<Answer>(`/api/scanner/${path}${toQuery(query)}`, { signal });
  return {
    quickScan: async (request = {}, { signal } = {}) => {
      const answer = await http.request<QuickScanResponse>('/api/scanner/quick-scan', {
        method: 'POST',
        body: request,
        idempotencyKey: randomKey(),
        signal,
      });
      return new Scan(answer.scanId, answer, { http, connection });
    },
    scan: (scanId) => new Scan(scanId, null, { http, connection }),
    results: (query = {}, call) => get('results', query, call),
    symbol: (symbol, query = {}, call) => get(`symbol/${encodeURIComponent(symbol)}`, query, call),
    status: (call) => get('scan-status', {}, call),
    scans: (query = {}, call) => get('scans', query, call),
    watchScans: (listener, watch = {}) => scansWatch.add({ ...watch, filter: {}, onEvent: listener }),
    changes: (query = {}, call) => get('changes', query, call),
    diff: (from, to, call) =>
      get(`scans/${encodeURIComponent(from)}/diff/${encodeURIComponent(to)}`, {}, call),
    schedule: (call) => get('schedule', {}, call),
    updateSchedule: (schedule, { signal } = {}) =>
      http.request('/api/scanner/schedule', { method: 'PUT', body: schedule, signal }),
    alerts: (query = {}, call) => get('alerts', query, call),
    watchAlerts: (listener, watch = {}) =>
      alertsWatch.add({ ...watch, filter: {}, onEvent: ({ type, ...alert }) => listener(alert) }),
    alertRules: (call) => get('alert-rules', {}, call),
    updateAlertRules: (rules, { signal } = {}) =>
      http.request('/api/scanner/alert-rules', { method: 'PUT', body: { rules }, signal }),
    previewAlerts: (query = {}, call) => get('alert-rules/preview', query, call),
    webhooks: new Webhooks(http),
    runs: new Runs(http, connection),
    marketScans: new MarketScans(http, connection),
    continuous: new Continuous(http, connection),
    markets: new Markets(http),
    models: new Models(http),
    outcomes: new Outcomes(http),
    prices,
    get connectionState() {
      return connection.state;
    },
    onConnectionChange: (listener) => connection.onStateChange(listener),
    close: () => {
      prices.close();
      connection.close();
    },
  };
}
