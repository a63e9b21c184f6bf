export type * from '@fast-scanner/shared';
export type { CallOptions } from './call-options.ts';
export type { ClientError } from './client-error.ts';
export { CONNECTION_STATES, type ConnectionState } from './connection.ts';
export type {
  Continuous,
  ContinuousEvent,
  TrainingDataOptions,
  TrainingFileOptions,
  WatchContinuousOptions,
} from './continuous.ts';
export {
  createScannerClient,
  type ScannerClient,
  type ScannerClientOptions,
  type ScansEvent,
} from './create-scanner-client.ts';
export type { TokenSource } from './http-transport.ts';
export type { MarketScan, MarketSweep } from './market-scan.ts';
export type { MarketScans } from './market-scans.ts';
export type { CandlesInput, Markets } from './markets.ts';
export type { Models } from './models.ts';
export type { Outcomes } from './outcomes.ts';
export { onPageVisibility } from './page-visibility.ts';
export type { PriceListener, PriceUpdate } from './price-feed.ts';
export type { Prices, WatchPricesOptions } from './prices.ts';
export type { ReadPricesOptions } from './read-prices.ts';
export type { Run } from './run.ts';
export type { Runs, RunUpdate } from './runs.ts';
export type { Scan } from './scan.ts';
export { ScannerApiError } from './scanner-api-error.ts';
export { ScannerConnectionError } from './scanner-connection-error.ts';
export { type AlertsActions, type AlertsState, type AlertsStore, alertsStore } from './state/alerts-store.ts';
export { connectionStore } from './state/connection-store.ts';
export type { ContinuousState } from './state/continuous-state.ts';
export { type ContinuousActions, type ContinuousStore, continuousStore } from './state/continuous-store.ts';
export type { JobProgress } from './state/job-progress.ts';
export type { JobState } from './state/job-state.ts';
export type { JobActions } from './state/job-store.ts';
export type { LiveState } from './state/live-store.ts';
export type { MarketScanState } from './state/market-scan-state.ts';
export { type MarketScanStore, marketScanStore } from './state/market-scan-store.ts';
export { type PricesState, pricesStore } from './state/prices-store.ts';
export { type QuickScanStore, quickScanStore, scanStore } from './state/quick-scan-store.ts';
export type { ReadableStore } from './state/readable-store.ts';
export { RUN_PHASES, type RunPhase, type RunState } from './state/run-state.ts';
export { type RunStore, runStore } from './state/run-store.ts';
export { type RunsActions, type RunsState, type RunsStore, runsStore } from './state/runs-store.ts';
export { SCAN_PHASES, type ScanPhase, type ScanState } from './state/scan-state.ts';
export { type ScorecardState, type ScorecardStore, scorecardStore } from './state/scorecard-store.ts';
export {
  ALERT_CHANGES,
  ALERT_OUTCOMES,
  CHART_INDICATORS,
  CONTINUOUS_SIGNAL_TYPES,
  DEFAULT_THRESHOLDS,
  JOB_STATUSES,
  PRICE_MOVE_UNITS,
  REJECTION_REASONS,
  RUN_MODE_NAMES,
  SCORECARD_DIMENSIONS,
  SIGNAL_ORIGINS,
  SIGNAL_OUTCOMES,
  SIGNALS,
  TIMEFRAMES,
  TRADING_STYLES,
} from './vocabulary.ts';
export type { WatchOptions } from './watch-options.ts';
export type { Webhooks } from './webhooks.ts';
