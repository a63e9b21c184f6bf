import { isSymbol, TIMEFRAMES } from '@fast-scanner/shared';
import type { Config } from '../config.ts';
import type { ConfigVariable } from './config-variable.ts';
import {
  decimalNumber,
  flag,
  hostName,
  jsonObjects,
  listOf,
  oneOf,
  text,
  utcTime,
  wholeNumber,
} from './value-kinds.ts';

const exchangeId = text('a lower-case exchange id such as binance', (id) => /^[a-z0-9]{2,24}$/.test(id));
const symbol = text('a symbol such as BTC/USDT', isSymbol);
const path = text('a path', (value) => !value.includes('\0'));
const token = text('at least 16 characters, without spaces', (value) => /^[\x21-\x7e]{16,}$/.test(value));
const origin = text('an origin such as https://scanner.example', isOrigin);

/** The variable behind each setting: the one table that the loader, `.env.example`, `--help` and the README follow. */
export const CONFIG_VARIABLES: { readonly [Key in keyof Config]: ConfigVariable<Config[Key]> } = {
  port: {
    name: 'PORT',
    default: '5000',
    kind: wholeNumber(0, 65_535),
    meaning: 'Port to listen on; 0 takes a free one.',
  },
  host: {
    name: 'HOST',
    default: '127.0.0.1',
    kind: hostName,
    meaning: 'Address to listen on. Any but a loopback address needs API_TOKEN.',
  },
  dataDir: {
    name: 'DATA_DIR',
    default: './data',
    kind: path,
    meaning: 'Folder of the database, and of what was fetched from yahoo. One process at a time.',
  },
  defaultExchange: {
    name: 'DEFAULT_EXCHANGE',
    default: 'demo',
    kind: exchangeId,
    meaning: 'Exchange used when a request names none: demo (simulated), files (recorded) or a live one.',
  },
  exchanges: {
    name: 'EXCHANGES',
    default: 'demo,files,binance,bybit,okx,kucoin,kucoinfutures,phemex,bitget',
    kind: listOf(exchangeId),
    meaning: 'The only exchanges that may be used. Add yahoo for stocks from Yahoo Finance.',
  },
  exchangeOptions: {
    name: 'EXCHANGE_OPTIONS',
    default: '{}',
    kind: jsonObjects,
    isSecret: true,
    meaning:
      "JSON: exchange id → options for ccxt's constructor (urls, hostname, proxies, options), for yahoo url; plus maxRequestsPerSecond.",
  },
  filesDir: {
    name: 'FILES_DIR',
    default: null,
    whenUnset: null,
    kind: path,
    meaning:
      'Folder of recorded candles for the exchange files: <timeframe>/<SYMBOL>.csv[.gz], and daily stock panels, stocks/*.csv[.gz].',
  },
  filesAsOf: {
    name: 'FILES_AS_OF',
    default: null,
    whenUnset: null,
    kind: utcTime,
    meaning: 'Where the clock of the exchange files begins. Unset: at the end of the data.',
  },
  filesSpeed: {
    name: 'FILES_SPEED',
    default: '0',
    kind: decimalNumber(0, 1_000_000),
    meaning: 'How many times as fast as real time that clock runs; 0 stands still.',
  },
  demoSeed: {
    name: 'DEMO_SEED',
    default: '1',
    kind: wholeNumber(0, 4_294_967_295),
    meaning: 'Which simulated market the exchange demo shows.',
  },
  demoLatencyMs: {
    name: 'DEMO_LATENCY_MS',
    default: '0',
    kind: wholeNumber(0, 60_000),
    meaning: 'How long the exchange demo takes to answer, in milliseconds.',
  },
  universe: {
    name: 'UNIVERSE',
    default: null,
    whenUnset: null,
    kind: listOf(symbol),
    meaning: 'Symbols scanned when a request names none. Unset: 20 large ones, or all recorded ones.',
  },
  quickScanConcurrency: {
    name: 'QUICK_SCAN_CONCURRENCY',
    default: '5',
    kind: wholeNumber(1, 100),
    meaning: 'Symbols read at once in phase 1, over all scans.',
  },
  deepAnalysisConcurrency: {
    name: 'DEEP_ANALYSIS_CONCURRENCY',
    default: '2',
    kind: wholeNumber(1, 64),
    meaning: 'Symbols analysed at once in phase 2, over all scans.',
  },
  scanScheduleEnabled: {
    name: 'SCAN_SCHEDULE_ENABLED',
    default: 'true',
    kind: flag,
    meaning: 'Whether periodic scans run until somebody changes the schedule.',
  },
  scanIntervalMinutes: {
    name: 'SCAN_INTERVAL_MINUTES',
    default: '15',
    kind: wholeNumber(1, 1440),
    meaning: 'Minutes between periodic scans, aligned to the clock.',
  },
  scanTimeframe: {
    name: 'SCAN_TIMEFRAME',
    default: '1h',
    kind: oneOf(TIMEFRAMES),
    meaning: 'Timeframe of periodic scans, and of the command line when it names none.',
  },
  scanRetentionHours: {
    name: 'SCAN_RETENTION_HOURS',
    default: '168',
    kind: wholeNumber(1, 87_600),
    meaning: 'Hours for which ended scans are kept.',
  },
  runRetentionMinutes: {
    name: 'RUN_RETENTION_MINUTES',
    default: '60',
    kind: wholeNumber(1, 525_600),
    meaning: 'Minutes for which ended runs keep their signals, rejections and events.',
  },
  runHistoryDays: {
    name: 'RUN_HISTORY_DAYS',
    default: '30',
    kind: wholeNumber(1, 3650),
    meaning: 'Days for which the summaries of ended runs stay in the history.',
  },
  continuousAutostart: {
    name: 'CONTINUOUS_AUTOSTART',
    default: 'false',
    kind: flag,
    meaning: 'Whether the continuous scanner starts by itself until somebody stops it.',
  },
  trainingRetentionDays: {
    name: 'TRAINING_RETENTION_DAYS',
    default: '365',
    kind: wholeNumber(1, 36_500),
    meaning: 'Days for which the training data of the continuous scanner are kept.',
  },
  signalHistoryDays: {
    name: 'SIGNAL_HISTORY_DAYS',
    default: '730',
    kind: wholeNumber(1, 36_500),
    meaning: 'Days for which signals and their outcomes are kept. Those of recorded data stay.',
  },
  signalCandleDays: {
    name: 'SIGNAL_CANDLE_DAYS',
    default: '60',
    kind: wholeNumber(1, 36_500),
    meaning: 'Days for which the candles behind a signal are kept, so that it can be computed again.',
  },
  predictionEnabled: {
    name: 'PREDICTION_ENABLED',
    default: 'true',
    kind: flag,
    meaning: 'Whether models are trained in the background and deep analyses predict with them.',
  },
  webhookAllowPrivate: {
    name: 'WEBHOOK_ALLOW_PRIVATE',
    default: 'false',
    kind: flag,
    meaning: 'Whether webhooks may lead into private networks and to this machine.',
  },
  apiToken: {
    name: 'API_TOKEN',
    default: null,
    whenUnset: null,
    kind: token,
    isSecret: true,
    meaning: 'Bearer token that every request must carry. Unset: none, on loopback addresses only.',
  },
  readerToken: {
    name: 'READER_TOKEN',
    default: null,
    whenUnset: null,
    kind: token,
    isSecret: true,
    meaning: 'Second token that may read but not change anything. Needs API_TOKEN.',
  },
  allowedHosts: {
    name: 'ALLOWED_HOSTS',
    default: null,
    whenUnset: [],
    kind: listOf(hostName),
    meaning: 'Host names, without port, by which the server may be addressed besides its own address.',
  },
  allowedOrigins: {
    name: 'ALLOWED_ORIGINS',
    default: null,
    whenUnset: [],
    kind: listOf(origin),
    meaning: "Origins whose pages may talk to the server besides the server's own.",
  },
  logLevel: {
    name: 'LOG_LEVEL',
    default: 'info',
    kind: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    meaning: 'How much is logged.',
  },
};

function isOrigin(value: string): boolean {
  return /^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value;
}
