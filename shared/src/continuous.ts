import { z } from 'zod';
import {
  clusteringSchema,
  continuousSignalSchema,
  continuousSignalTypeSchema,
  marketStateSchema,
  timeframeConfluenceSchema,
  tradingStyleSchema,
} from './continuous-signal.ts';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { errorCodeSchema } from './problem.ts';
import { TIMEFRAMES, TRADING_STYLES } from './vocabulary.ts';

export const MAX_CONTINUOUS_SYMBOLS = 500;
export const MAX_CONTINUOUS_EXCHANGES = 8;

/** How much the continuous scanner holds in memory: ticks and candles of each symbol (and timeframe), signals of all of them. */
export const CONTINUOUS_BUFFERS = { ticks: 100, candles: 500, signals: 1000 } as const;

/** What the scanner does again and again, each at its own interval. */
export const CONTINUOUS_STREAMS = ['price', 'signals', 'market_state', 'full_scan'] as const;
export type ContinuousStream = (typeof CONTINUOUS_STREAMS)[number];

const intervalSchema = z.number().min(1).max(86_400);
const scoreSchema = z.number().min(0).max(100);
const ratioSchema = z.number().min(0).max(1);

/** The timeframe of each style; no two styles share one, because a signal is told once per symbol, timeframe and candle. */
export const styleTimeframesSchema = z
  .strictObject({
    scalp: timeframeSchema.default('5m'),
    day_trade: timeframeSchema.default('4h'),
    swing: timeframeSchema.default('1h'),
    position: timeframeSchema.default('1d'),
  })
  .refine(
    (timeframes) => new Set(Object.values(timeframes)).size === TRADING_STYLES.length,
    'each style needs a timeframe of its own: two of them have the same',
  );
export type StyleTimeframes = z.output<typeof styleTimeframesSchema>;

/** How the continuous scanner works; every field has its default. Intervals in seconds. */
export const continuousConfigSchema = z.strictObject({
  /** Between two looks at the prices. */
  price_update_interval: intervalSchema.default(5),
  /** Between two looks for candles that have closed. */
  signal_generation_interval: intervalSchema.default(30),
  /** Between two readings of breadth and volatility. */
  market_state_interval: intervalSchema.default(60),
  /** Between two scans of every symbol on every timeframe. */
  scan_interval: intervalSchema.default(90),
  timeframes: styleTimeframesSchema.prefault({}),
  /** Weight of momentum in the combined score; the rest is reversion's. */
  momentum_bias: ratioSchema.default(0.6),
  /** Moves of one sign in a row from which momentum counts as exhausted. */
  momentum_exhaustion_threshold: z.int().min(2).max(50).default(4),
  /** Mean volume of 3 candles as a multiple of the mean of 10, above which volume may be exhausted; it never passes 3.33. */
  volume_exhaustion_multiplier: z.number().min(1).max(3).default(1.5),
  /** Rise over 5 candles, as a ratio, above which it is excessive; a fall is when it takes such a rise to make up for it. */
  excessive_gain_threshold: z.number().min(0.001).max(10).default(0.15),
  /** Multiple of the mean of 20 candles above which a candle's volume is high. */
  volume_threshold_multiplier: z.number().min(1).max(10).default(2),
  /** Share of the clusters on the larger side above which they form a trend … */
  cluster_trend_threshold: z.number().min(0).max(0.99).default(0.7),
  /** … when more than this share of the newest 3 candles follows the last of them. */
  cluster_followthrough_threshold: z.number().min(0).max(0.99).default(0.5),
});
export type ContinuousConfig = z.output<typeof continuousConfigSchema>;
export type ContinuousConfigInput = z.input<typeof continuousConfigSchema>;

/** Body of `POST /api/scanner/continuous/start`; everything is optional. */
export const startContinuousRequestSchema = z.strictObject({
  /** Symbols to follow, duplicates collapsed; without them the default universe of each exchange. */
  symbols: z.array(symbolSchema).min(1).max(MAX_CONTINUOUS_SYMBOLS).optional(),
  /** Without them the default exchange. */
  exchanges: z.array(exchangeIdSchema).min(1).max(MAX_CONTINUOUS_EXCHANGES).optional(),
  config: continuousConfigSchema.prefault({}),
});
export type StartContinuousRequest = z.output<typeof startContinuousRequestSchema>;
export type StartContinuousInput = z.input<typeof startContinuousRequestSchema>;

export const streamStateSchema = z.object({
  interval_s: z.number().positive(),
  /** `null` until the first run has ended. */
  last_run_at: isoTimeSchema.nullable(),
  last_duration_ms: z.number().min(0).nullable(),
  /** How much later than planned the last run began. */
  lag_ms: z.number().min(0).nullable(),
  /** Failures since the start. */
  errors: z.int().min(0),
  /** Runs left out since the start, because the one before was still going on. */
  skipped: z.int().min(0),
  /** The newest failure; `null` when there was none. */
  last_error: z.object({ code: errorCodeSchema, detail: z.string(), at: isoTimeSchema }).nullable(),
});
export type StreamState = z.infer<typeof streamStateSchema>;

export const streamStatesSchema = z.object({
  price: streamStateSchema,
  signals: streamStateSchema,
  market_state: streamStateSchema,
  full_scan: streamStateSchema,
});
export type StreamStates = z.infer<typeof streamStatesSchema>;

export const bufferStatsSchema = z.object({
  ticks: z.int().min(0),
  candles: z.int().min(0),
  signals: z.int().min(0),
});

/** What the continuous scanner is doing, and for whom. */
export const continuousStatusSchema = z.object({
  running: z.boolean(),
  /** `null` until the first reading. */
  market_state: marketStateSchema.nullable(),
  buffer_stats: bufferStatsSchema,
  streams: streamStatesSchema,
  /** Seconds; `null` when it does not run. */
  uptime_s: z.number().min(0).nullable(),
  /** `null` when it does not run. */
  started_at: isoTimeSchema.nullable(),
  symbols: z.array(symbolSchema),
  data_sources: z.array(dataSourceSchema),
  /** The one it runs with; when it does not run, the defaults. */
  config: continuousConfigSchema,
});
export type ContinuousStatus = z.infer<typeof continuousStatusSchema>;

export const continuousStatusResponseSchema = z.object({
  success: z.literal(true),
  ...continuousStatusSchema.shape,
});
export type ContinuousStatusResponse = z.infer<typeof continuousStatusResponseSchema>;

export const startContinuousResponseSchema = z.object({
  success: z.literal(true),
  running: z.literal(true),
  started_at: isoTimeSchema,
  symbols: z.array(symbolSchema),
  data_sources: z.array(dataSourceSchema),
  config: continuousConfigSchema,
  message: z.string(),
});
export type StartContinuousResponse = z.infer<typeof startContinuousResponseSchema>;

export const stopContinuousResponseSchema = z.object({
  success: z.literal(true),
  running: z.literal(false),
  /** How long it ran, seconds; `null` when it did not. */
  uptime_s: z.number().min(0).nullable(),
  message: z.string(),
});
export type StopContinuousResponse = z.infer<typeof stopContinuousResponseSchema>;

export const continuousSignalsQuerySchema = z.strictObject({
  /** Combined score. */
  min_score: z.coerce.number().min(0).max(100).default(0),
  limit: z.coerce.number().int().min(1).max(CONTINUOUS_BUFFERS.signals).default(100),
  /** A style or a length, such as `scalp` or `5m`. */
  timeframe: z.enum([...TRADING_STYLES, ...TIMEFRAMES]).optional(),
  symbol: symbolSchema.optional(),
  signal_type: continuousSignalTypeSchema.optional(),
  exchange: exchangeIdSchema.optional(),
});
export type ContinuousSignalsQuery = z.output<typeof continuousSignalsQuerySchema>;
export type ContinuousSignalsQueryInput = Partial<ContinuousSignalsQuery>;

export const continuousSignalsResponseSchema = z.object({
  success: z.literal(true),
  /** Newest first. */
  signals: z.array(continuousSignalSchema),
  count: z.int().min(0),
  timestamp: isoTimeSchema,
  data_sources: z.array(dataSourceSchema),
});
export type ContinuousSignalsResponse = z.infer<typeof continuousSignalsResponseSchema>;

/** Query of `GET …/confluence/{symbol}`. */
export const confluenceQuerySchema = z.strictObject({
  /** What the combined score of every aligned timeframe has to reach. */
  min_score: z.coerce.number().min(0).max(100).default(60),
  /** Without it the first exchange the scanner was started with. */
  exchange: exchangeIdSchema.optional(),
});
export type ConfluenceQuery = z.output<typeof confluenceQuerySchema>;

export const timeframeConfluenceResponseSchema = z.object({
  success: z.literal(true),
  ...timeframeConfluenceSchema.shape,
  data_source: dataSourceSchema,
  timestamp: isoTimeSchema,
});
export type TimeframeConfluenceResponse = z.infer<typeof timeframeConfluenceResponseSchema>;

export const marketStateResponseSchema = z.object({
  success: z.literal(true),
  ...marketStateSchema.shape,
  data_sources: z.array(dataSourceSchema),
});
export type MarketStateResponse = z.infer<typeof marketStateResponseSchema>;

/** How training data are sent: all of them as JSON, or the candles of one timeframe as a Parquet file. */
export const TRAINING_DATA_FORMATS = ['json', 'parquet'] as const;

/** Query of `GET /api/scanner/training-data/{symbol}`. */
export const trainingDataQuerySchema = z
  .strictObject({
    days: z.coerce.number().int().min(1).max(3650).default(30),
    format: z.enum(TRAINING_DATA_FORMATS).default('json'),
    /** Whose file; only with `format=parquet`. */
    timeframe: timeframeSchema.optional(),
    /** Without it the default exchange. */
    exchange: exchangeIdSchema.optional(),
  })
  .refine(({ format, timeframe }) => (format === 'parquet') === (timeframe !== undefined), {
    path: ['timeframe'],
    message: 'names the file to send: give it with format=parquet and only then',
  });
export type TrainingDataQuery = z.output<typeof trainingDataQuerySchema>;

/** Which candle of which timeframe a record of the training data is about. */
const recordShape = { style: tradingStyleSchema, timeframe: timeframeSchema, candleCloseTime: isoTimeSchema };

/** What came of a signal, told once its time is over. */
export const signalLabelSchema = z.object({
  ...recordShape,
  signal_type: continuousSignalTypeSchema,
  combined_score: scoreSchema,
  /** Which was reached first. */
  outcome: z.enum(['target', 'stop', 'timeout']),
  /** From the signal's close to the end of the time limit, percent. */
  forward_return_pct: z.number(),
  horizon_candles: z.int().positive(),
  labelled_at: isoTimeSchema,
});
export type SignalLabel = z.infer<typeof signalLabelSchema>;

export const trainingDataResponseSchema = z.object({
  success: z.literal(true),
  symbol: symbolSchema,
  days: z.int(),
  data_source: dataSourceSchema,
  /** Everything oldest first. */
  signals: z.array(continuousSignalSchema),
  /** Rows `[openTime ms, open, high, low, close, volume]` of closed candles, by timeframe. */
  ohlcv: z.partialRecord(timeframeSchema, z.array(z.array(z.number()).length(6))),
  clustering: z.array(z.object({ ...recordShape, ...clusteringSchema.shape })),
  labels: z.array(signalLabelSchema),
  timestamp: isoTimeSchema,
});
export type TrainingDataResponse = z.infer<typeof trainingDataResponseSchema>;
