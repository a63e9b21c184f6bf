import type { Timeframe } from '@fast-scanner/shared';

/** The server's settings. Made once from the environment by `loadConfig`, then frozen. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly defaultExchange: string;
  readonly exchanges: readonly string[];
  /** Exchange id → options for ccxt's constructor, plus `maxRequestsPerSecond`. */
  readonly exchangeOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly filesDir: string | null;
  /** Where the clock of the `files` exchange stands, epoch ms UTC; `null`: the end of the data. */
  readonly filesAsOf: number | null;
  readonly filesSpeed: number;
  readonly demoSeed: number;
  readonly demoLatencyMs: number;
  /** `null`: the built-in 20 symbols, or all recorded ones on `files`. */
  readonly universe: readonly string[] | null;
  readonly quickScanConcurrency: number;
  readonly deepAnalysisConcurrency: number;
  readonly scanScheduleEnabled: boolean;
  readonly scanIntervalMinutes: number;
  readonly scanTimeframe: Timeframe;
  readonly scanRetentionHours: number;
  readonly runRetentionMinutes: number;
  readonly runHistoryDays: number;
  readonly continuousAutostart: boolean;
  readonly trainingRetentionDays: number;
  /** How long signals and their outcomes are kept. */
  readonly signalHistoryDays: number;
  /** How long the candles behind a signal are kept. */
  readonly signalCandleDays: number;
  /** Whether webhooks may lead into private networks and to this machine. */
  readonly webhookAllowPrivate: boolean;
  readonly predictionEnabled: boolean;
  readonly apiToken: string | null;
  readonly readerToken: string | null;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly logLevel: string;
}
