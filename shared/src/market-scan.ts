import { z } from 'zod';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { errorCodeSchema } from './problem.ts';
import { JOB_STATUSES } from './vocabulary.ts';

export const MAX_MARKET_SCAN_TICKERS = 1000;
export const MAX_SWEEP_VARIANTS = 200;

export const marketScanIdSchema = z.uuid().meta({ example: '1b4e28ba-2fa1-41d2-883f-0016d3cca427' });

/** Id of a strategy, as `GET /market-scan/strategies` lists it. */
export const strategyIdSchema = z
  .string()
  .regex(/^[a-z0-9_]{1,64}$/, 'must be the id of a strategy such as sma_cross')
  .meta({ example: 'bollinger_bands_strategy' });

/** How positions are traded, where conventions differ. */
export const tradeConventionsSchema = z.strictObject({
  /** Which side may be held. An order for the other side then only closes. */
  direction: z.enum(['long', 'short', 'both']).default('long'),
  /** Default: `whole` for stocks, `fractional` for coins. */
  units: z.enum(['whole', 'fractional']).optional(),
  /** Where a position that is still open at the end is closed: at the last candle's close or at its open. */
  last_trade: z.enum(['close', 'open']).default('close'),
});

const universeShape = {
  start_date: z.iso.date().optional(),
  end_date: z.iso.date().optional(),
  interval: timeframeSchema.default('1d'),
  exchange: exchangeIdSchema.optional(),
  /** A list the product ships; without it and without `tickers`, every stock of the source, or what a crypto exchange lists. */
  universe: z.enum(['sp500']).optional(),
  tickers: z.array(symbolSchema).min(1).max(MAX_MARKET_SCAN_TICKERS).optional(),
};

const tradingShape = {
  /** Money at the start, for each stock. */
  cash: z.number().positive().max(1e12).default(10_000),
  /** Share of each fill's value. */
  commission: z.number().min(0).max(0.5).default(0.001),
  /** Share of the price by which a fill is worse than the open. */
  slippage: z.number().min(0).max(0.5).default(0.0005),
  conventions: tradeConventionsSchema.default({ direction: 'long', last_trade: 'close' }),
};

interface DateRange {
  start_date?: string | undefined;
  end_date?: string | undefined;
}
/** Says nothing of a date that is missing or none. */
const datesRise = ({ start_date = '', end_date = '' }: DateRange) =>
  !(Date.parse(end_date) < Date.parse(start_date));
const DATES_ISSUE = { path: ['end_date'], message: 'must not be before start_date' };

/** One strategy over a whole market. */
export const marketScanRequestSchema = z
  .strictObject({
    strategy: strategyIdSchema,
    /** Values of the strategy's parameters; what is left out has its default. */
    parameters: z.record(z.string(), z.number()).optional(),
    ...universeShape,
    ...tradingShape,
  })
  .refine(datesRise, DATES_ISSUE);
export type MarketScanRequest = z.output<typeof marketScanRequestSchema>;
export type MarketScanInput = z.input<typeof marketScanRequestSchema>;

/** Values to try of one parameter. */
export const parameterGridSchema = z.array(z.number()).min(1).max(MAX_SWEEP_VARIANTS);

/** The same strategy with every combination of the listed values, chosen in the past and judged on what follows. */
export const sweepRequestSchema = z
  .strictObject({
    strategy: strategyIdSchema,
    parameters: z.record(z.string(), parameterGridSchema),
    ...universeShape,
    ...tradingShape,
    /** Share of the time in which variants are compared; the rest judges the best one. */
    in_sample: z.number().min(0.2).max(0.9).default(0.7),
  })
  .refine(datesRise, DATES_ISSUE);
export type SweepRequest = z.output<typeof sweepRequestSchema>;
export type SweepInput = z.input<typeof sweepRequestSchema>;

const orNull = z.number().nullable();

/** One stock's backtest. */
export const stockResultSchema = z.object({
  ticker: symbolSchema,
  sector: z.string().nullable(),
  /** Profit or loss after costs, in money. */
  pnl: z.number(),
  return_pct: z.number(),
  total_trades: z.int(),
  winning_trades: z.int(),
  losing_trades: z.int(),
  /** Percent; `null` below 10 trades. */
  win_rate: orNull,
  /** Annualised; `null` below 10 trades. */
  sharpe_ratio: orNull,
  /** Ratio, 0–1. */
  max_drawdown: z.number(),
  start_value: z.number(),
  end_value: z.number(),
  benchmark_return_pct: orNull,
  candles: z.int(),
  first_date: z.iso.date(),
  last_date: z.iso.date(),
  /** Broken rows of the source that were left out. */
  rejected_rows: z.int(),
});
export type StockResult = z.infer<typeof stockResultSchema>;

/** A stock that could not be tested, and why. */
export const stockFailureSchema = z.object({
  ticker: symbolSchema,
  error: z.string(),
  code: errorCodeSchema,
});
export type StockFailure = z.infer<typeof stockFailureSchema>;

const spreadSchema = z.object({
  avg: z.number(),
  median: z.number(),
  std: orNull,
  min: z.number(),
  max: z.number(),
});

const groupShape = {
  stocks: z.int(),
  pnl: spreadSchema.nullable(),
  return_pct: spreadSchema.nullable(),
  profitable_stocks: z.int(),
  losing_stocks: z.int(),
  neutral_stocks: z.int(),
  /** Percent. */
  profitability_rate: orNull,
  avg_trades_per_stock: orNull,
  /** Percent of all trades. */
  win_rate: orNull,
};

export const macroStatisticsSchema = z.object({
  ...groupShape,
  by_sector: z.record(z.string(), z.object(groupShape)),
});
export type MacroStatisticsAnswer = z.infer<typeof macroStatisticsSchema>;

/** Statistics of an equity curve. Percentages in percent; `null` with its reason in `reasons`. */
export const curveStatisticsSchema = z.object({
  start_equity: z.number(),
  final_equity: z.number(),
  return_pct: z.number(),
  cagr_pct: orNull,
  annual_volatility_pct: orNull,
  sharpe_ratio: orNull,
  sortino_ratio: orNull,
  calmar_ratio: orNull,
  /** Ratio, 0–1. */
  max_drawdown: z.number(),
  max_drawdown_days: z.number(),
  exposure_pct: orNull,
  total_trades: z.int(),
  win_rate: orNull,
  profit_factor: orNull,
  expectancy_pct: orNull,
  sqn: orNull,
  best_trade_pct: orNull,
  worst_trade_pct: orNull,
  reasons: z.record(z.string(), z.string()),
});
export type CurveStatistics = z.infer<typeof curveStatisticsSchema>;

/** All stocks as one account, day by day. */
export const portfolioSchema = z.object({
  ...curveStatisticsSchema.shape,
  /** Days, and the worth at their end in money. */
  curve: z.object({
    date: z.array(z.iso.date()),
    equity: z.array(z.number()),
    benchmark: z.array(z.number()),
  }),
});
export type PortfolioAnswer = z.infer<typeof portfolioSchema>;

export const benchmarkSchema = z.object({
  /** What the strategy is compared with. */
  name: z.string(),
  ...curveStatisticsSchema.shape,
});

export const histogramSchema = z.object({
  /** Edges of the bins in percent, one more than `counts`. */
  edges: z.array(z.number()),
  counts: z.array(z.int()),
});

/** What a market scan came to: the payload of its event `complete`. */
export const marketScanResultSchema = z.object({
  strategy: strategyIdSchema,
  parameters: z.record(z.string(), z.number()),
  interval: timeframeSchema,
  exchange: exchangeIdSchema,
  data_source: dataSourceSchema,
  total_stocks: z.int(),
  successful: z.int(),
  failed: z.int(),
  /** Money. */
  total_pnl: z.number(),
  /** Seconds. */
  total_time: z.number(),
  /** By pnl, descending. */
  stock_results: z.array(stockResultSchema),
  failures: z.array(stockFailureSchema),
  macro_statistics: macroStatisticsSchema,
  portfolio: portfolioSchema,
  benchmark: benchmarkSchema,
  /** Of the stocks' returns. */
  distribution: histogramSchema,
  best: z.array(stockResultSchema),
  worst: z.array(stockResultSchema),
  conventions: z.object({
    cash: z.number(),
    commission: z.number(),
    slippage: z.number(),
    direction: z.enum(['long', 'short', 'both']),
    units: z.enum(['whole', 'fractional']),
    last_trade: z.enum(['close', 'open']),
  }),
  universe: z.object({ name: z.string(), as_of: z.iso.date().nullable() }),
  /** What a reader must know before believing it, such as survivorship bias. */
  caveats: z.array(z.string()),
});
export type MarketScanResult = z.infer<typeof marketScanResultSchema>;

/** One combination of values. */
export const sweepVariantSchema = z.object({
  parameters: z.record(z.string(), z.number()),
  /** Portfolio of all stocks in the time in which variants are compared … */
  in_sample: curveStatisticsSchema,
  /** … and in the time after it. */
  out_of_sample: curveStatisticsSchema,
});
export type SweepVariant = z.infer<typeof sweepVariantSchema>;

/** What a sweep came to: the payload of its event `complete`. */
export const sweepResultSchema = z.object({
  strategy: strategyIdSchema,
  interval: timeframeSchema,
  exchange: exchangeIdSchema,
  data_source: dataSourceSchema,
  total_stocks: z.int(),
  successful: z.int(),
  failed: z.int(),
  total_time: z.number(),
  failures: z.array(stockFailureSchema),
  /** First day judged, out of sample. */
  split_date: z.iso.date(),
  /** By in-sample Sharpe ratio, best first. */
  variants: z.array(sweepVariantSchema),
  /** Probability that the best variant's in-sample Sharpe ratio is more than luck among so many tried. */
  deflated_sharpe: z
    .object({ variants: z.int(), expected_maximum: z.number(), probability: z.number().min(0).max(1) })
    .nullable(),
  /** In words. */
  verdict: z.string(),
  caveats: z.array(z.string()),
});
export type SweepResult = z.infer<typeof sweepResultSchema>;

export const MARKET_JOB_KINDS = ['scan', 'sweep'] as const;

export const startMarketScanResponseSchema = z.object({
  success: z.literal(true),
  job_id: marketScanIdSchema,
  status: z.enum(JOB_STATUSES),
  created_at: isoTimeSchema,
});
export type StartMarketScanResponse = z.infer<typeof startMarketScanResponseSchema>;

/** A market scan or a sweep without its results. */
export const marketJobSchema = z.object({
  job_id: marketScanIdSchema,
  kind: z.enum(MARKET_JOB_KINDS),
  status: z.enum(JOB_STATUSES),
  strategy: strategyIdSchema,
  exchange: exchangeIdSchema,
  data_source: dataSourceSchema,
  /** Stocks done, well or not. */
  current: z.int(),
  /** Stocks of the universe; 0 until it is known. */
  total: z.int(),
  progress_pct: z.number().min(0).max(100),
  successful: z.int(),
  failed: z.int(),
  current_pnl: z.number(),
  eta_seconds: orNull,
  /** Seconds of work. */
  elapsed_time: z.number(),
  created_at: isoTimeSchema,
  started_at: isoTimeSchema.nullable(),
  completed_at: isoTimeSchema.nullable(),
  error: z.object({ code: errorCodeSchema, detail: z.string() }).nullable(),
  /** False once results and events have been swept. */
  details_kept: z.boolean(),
});
export type MarketJob = z.infer<typeof marketJobSchema>;

export const marketJobResponseSchema = z.object({ success: z.literal(true), ...marketJobSchema.shape });
export type MarketJobResponse = z.infer<typeof marketJobResponseSchema>;

export const marketJobsQuerySchema = z.strictObject({
  status: z.enum(JOB_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});
export type MarketJobsQuery = z.output<typeof marketJobsQuerySchema>;

export const marketJobsResponseSchema = z.object({
  success: z.literal(true),
  jobs: z.array(marketJobSchema),
  next_cursor: z.string().nullable(),
});
export type MarketJobsResponse = z.infer<typeof marketJobsResponseSchema>;

export const marketScanResultResponseSchema = z.object({
  success: z.literal(true),
  job_id: marketScanIdSchema,
  ...marketScanResultSchema.shape,
  /** When the scan was complete. */
  timestamp: isoTimeSchema,
});
export type MarketScanResultResponse = z.infer<typeof marketScanResultResponseSchema>;

/** How a result is written: all of it as JSON, or its stocks as CSV. */
export const MARKET_RESULT_FORMATS = ['json', 'csv'] as const;
export const marketScanResultQuerySchema = z.strictObject({
  format: z.enum(MARKET_RESULT_FORMATS).default('json'),
});

export const sweepResultResponseSchema = z.object({
  success: z.literal(true),
  job_id: marketScanIdSchema,
  ...sweepResultSchema.shape,
  /** When the sweep was complete. */
  timestamp: isoTimeSchema,
});
export type SweepResultResponse = z.infer<typeof sweepResultResponseSchema>;

export const cancelMarketJobResponseSchema = z.object({
  success: z.literal(true),
  message: z.string(),
  job_id: marketScanIdSchema,
  status: z.enum(JOB_STATUSES),
});
export type CancelMarketJobResponse = z.infer<typeof cancelMarketJobResponseSchema>;

export const strategiesResponseSchema = z.object({
  success: z.literal(true),
  strategies: z.array(
    z.object({
      id: strategyIdSchema,
      title: z.string(),
      description: z.string(),
      parameters: z.array(
        z.object({
          name: z.string(),
          type: z.enum(['integer', 'number']),
          default: z.number(),
          min: z.number(),
          max: z.number(),
          step: z.number(),
          help: z.string(),
        }),
      ),
    }),
  ),
});
export type StrategiesResponse = z.infer<typeof strategiesResponseSchema>;
