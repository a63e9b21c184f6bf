import type { Config } from '@fast-scanner/server/config.ts';

/** A configuration for tests: a free port, no schedule, silence. */
export function testConfig(changes: Partial<Config> & Pick<Config, 'dataDir'>): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    defaultExchange: 'demo',
    exchanges: ['demo', 'files', 'binance'],
    exchangeOptions: {},
    filesDir: null,
    filesAsOf: null,
    filesSpeed: 0,
    demoSeed: 1,
    demoLatencyMs: 0,
    universe: null,
    quickScanConcurrency: 5,
    deepAnalysisConcurrency: 2,
    scanScheduleEnabled: false,
    scanIntervalMinutes: 15,
    scanTimeframe: '1h',
    scanRetentionHours: 168,
    runRetentionMinutes: 60,
    runHistoryDays: 30,
    continuousAutostart: false,
    trainingRetentionDays: 365,
    signalHistoryDays: 730,
    signalCandleDays: 60,
    webhookAllowPrivate: false,
    predictionEnabled: false,
    apiToken: null,
    readerToken: null,
    allowedHosts: [],
    allowedOrigins: [],
    logLevel: 'silent',
    ...changes,
  };
}
