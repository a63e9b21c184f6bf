import { z } from 'zod';
import { deepAnalysisSchema } from './deep-analysis.ts';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { errorCodeSchema } from './problem.ts';
import { factorSchema } from './quick-signal.ts';
import { RUN_MODE_NAMES, SETUP_TYPES } from './run-modes.ts';
import { JOB_STATUSES, REJECTION_REASONS } from './vocabulary.ts';

export const MAX_RUN_SYMBOLS = 100;

export const runIdSchema = z.uuid().meta({ example: '1b4e28ba-2fa1-41d2-883f-0016d3cca427' });
export const runModeSchema = z.enum(RUN_MODE_NAMES);

/** What a scan run is asked for. Without `symbols` it takes the most traded ones of the categories that are on. */
export const runRequestSchema = z
  .strictObject({
    /** How many symbols to choose; ignored when `symbols` are given. */
    limit: z.int().min(1).max(MAX_RUN_SYMBOLS).default(10),
    /** Raises the mode's minimum score; a lower value changes nothing. */
    min_score: z.number().min(0).max(100).default(0),
    sniper_mode: runModeSchema.default('recon'),
    exchange: exchangeIdSchema.optional(),
    majors: z.boolean().default(true),
    altcoins: z.boolean().default(true),
    meme_mode: z.boolean().default(false),
    /** A plan whose stop lies behind the liquidation price is rejected. */
    leverage: z.int().min(1).max(125).default(1),
    /** Exactly these symbols, duplicates collapsed; the categories and `limit` do not apply to them. */
    symbols: z.array(symbolSchema).min(1).max(MAX_RUN_SYMBOLS).optional(),
  })
  .refine(({ majors, altcoins, meme_mode, symbols }) => majors || altcoins || meme_mode || symbols, {
    path: ['majors'],
    message: 'majors, altcoins and meme_mode are all off and no symbols are named: nothing to scan',
  });
export type RunRequest = z.output<typeof runRequestSchema>;
export type RunInput = z.input<typeof runRequestSchema>;

/** The same as query parameters, `symbols` separated by commas. What is absent here may stand in the body, which checks the ranges. */
export const runQuerySchema = z.strictObject({
  limit: z.coerce
    .number()
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: MAX_RUN_SYMBOLS, default: 10 }),
  min_score: z.coerce.number().optional().meta({ type: 'number', minimum: 0, maximum: 100, default: 0 }),
  sniper_mode: runModeSchema.optional().meta({ default: 'recon' }),
  exchange: exchangeIdSchema.optional(),
  majors: z.stringbool().optional().meta({ type: 'boolean', default: true }),
  altcoins: z.stringbool().optional().meta({ type: 'boolean', default: true }),
  meme_mode: z.stringbool().optional().meta({ type: 'boolean', default: false }),
  leverage: z.coerce.number().optional().meta({ type: 'integer', minimum: 1, maximum: 125, default: 1 }),
  symbols: z
    .string()
    .max(49 * MAX_RUN_SYMBOLS)
    .transform((text) => text.split(','))
    .optional()
    .meta({ example: 'BTC/USDT,ETH/USDT' }),
});

/** What a run says of itself without its findings; this stays in the history when those are swept. */
export const runSummarySchema = z.object({
  run_id: runIdSchema,
  status: z.enum(JOB_STATUSES),
  mode: runModeSchema,
  exchange: exchangeIdSchema,
  data_source: dataSourceSchema,
  /** Symbols that have ended, as a signal, rejected or failed. */
  progress: z.int(),
  /** Symbols of the run; until they are chosen, how many were asked for. */
  total: z.int(),
  progress_pct: z.number().min(0).max(100),
  signals: z.int(),
  rejected: z.int(),
  failed: z.int(),
  /** Symbols that were not looked at to the end, because the run was cancelled or failed as a whole. */
  skipped: z.int(),
  created_at: isoTimeSchema,
  started_at: isoTimeSchema.nullable(),
  completed_at: isoTimeSchema.nullable(),
  error: z.object({ code: errorCodeSchema, detail: z.string() }).nullable(),
  /** False once signals, rejections and events have been swept. */
  details_kept: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const runTargetSchema = z.object({
  /** Price. */
  level: z.number().positive(),
  /** Share of the position to close there, percent; all targets together make 100. */
  percentage: z.number().positive(),
  risk_reward: z.number().positive(),
});

/** A setup that passed every rule of its mode. Prices in quote units, rounded to the tick. */
export const runSignalSchema = z.object({
  symbol: symbolSchema,
  direction: z.enum(['LONG', 'SHORT']),
  /** Opportunity score, 0–100. */
  score: z.number().min(0).max(100),
  /** Where the plan enters: the newest close of the primary timeframe. */
  entry_near: z.number().positive(),
  /** The better end of the entry zone: a quarter of the way to the stop. */
  entry_far: z.number().positive(),
  stop_loss: z.number().positive(),
  /** Nearest first. */
  targets: z.array(runTargetSchema).min(1),
  primary_timeframe: timeframeSchema,
  current_price: z.number().positive(),
  /** Where the leveraged position would be liquidated; `null` at leverage 1. */
  liquidation_price: z.number().positive().nullable(),
  analysis: deepAnalysisSchema,
  rationale: z.string(),
  setup_type: z.enum(SETUP_TYPES),
  /** Contributions in points of the score. */
  factors: z.array(factorSchema),
  candle_close_time: isoTimeSchema,
});
export type RunSignal = z.infer<typeof runSignalSchema>;

export const rejectionReasonSchema = z.enum(REJECTION_REASONS);

export const runRejectionSchema = z.object({
  symbol: symbolSchema,
  /** In words. */
  reason: z.string(),
  /** The error behind it, where there is one. */
  code: errorCodeSchema.optional(),
  /** Opportunity score, where it came to one. */
  score: z.number().min(0).max(100).optional(),
  /** What the score had to reach. */
  threshold: z.number().min(0).max(100).optional(),
  factors: z.array(factorSchema).optional(),
});
export type RunRejection = z.infer<typeof runRejectionSchema>;

const rejectionCountsSchema = z.object({
  low_confluence: z.int(),
  no_data: z.int(),
  missing_critical_tf: z.int(),
  risk_validation: z.int(),
  no_trade_plan: z.int(),
  errors: z.int(),
});
export type RejectionCounts = z.infer<typeof rejectionCountsSchema>;

export const runRejectionsSchema = z.object({
  /** All symbols that are no signal: the sum of `by_reason`, `errors` among them. */
  total_rejected: z.int(),
  by_reason: rejectionCountsSchema,
  /** Reasons that occurred, each with its symbols. */
  details: z.partialRecord(rejectionReasonSchema, z.array(runRejectionSchema)),
});
export type RunRejections = z.infer<typeof runRejectionsSchema>;

/** `requested = total + rejected + failed + skipped`; a completed run skips nothing. */
export const runMetadataSchema = z.object({
  mode: runModeSchema,
  /** Symbols of the run. */
  requested: z.int(),
  /** Symbols that were looked at to the end. */
  scanned: z.int(),
  /** Signals. */
  total: z.int(),
  rejected: z.int(),
  failed: z.int(),
  skipped: z.int(),
  primary_timeframe: timeframeSchema,
  applied_timeframes: z.array(timeframeSchema),
  critical_timeframes: z.array(timeframeSchema),
  effective_min_score: z.number(),
  min_risk_reward: z.number(),
  leverage: z.int(),
  exchange: exchangeIdSchema,
  data_source: dataSourceSchema,
  duration_ms: z.number(),
  /** Says so when fewer symbols were found than asked for. */
  selection_note: z.string().nullable(),
  /** The outcome in one sentence; without signals it says why. */
  summary: z.string(),
});
export type RunMetadata = z.infer<typeof runMetadataSchema>;

export const startRunResponseSchema = z.object({
  success: z.literal(true),
  run_id: runIdSchema,
  status: z.enum(JOB_STATUSES),
  created_at: isoTimeSchema,
});
export type StartRunResponse = z.infer<typeof startRunResponseSchema>;

/** A run as it stands; once it has ended, with what it found. */
export const runResponseSchema = z.object({
  success: z.literal(true),
  run_id: runIdSchema,
  status: z.enum(JOB_STATUSES),
  mode: runModeSchema,
  exchange: exchangeIdSchema,
  progress: z.int(),
  total: z.int(),
  progress_pct: z.number().min(0).max(100),
  /** The symbol taken up last of those at work; `null` when none is. */
  current_symbol: symbolSchema.nullable(),
  eta_seconds: z.number().nullable(),
  created_at: isoTimeSchema,
  started_at: isoTimeSchema.nullable(),
  completed_at: isoTimeSchema.nullable(),
  /** Best score first. */
  signals: z.array(runSignalSchema).optional(),
  metadata: runMetadataSchema.optional(),
  rejections: runRejectionsSchema.optional(),
  error: z.object({ code: errorCodeSchema, detail: z.string() }).optional(),
});
export type RunResponse = z.infer<typeof runResponseSchema>;

/** Answer of the old synchronous form. */
export const runSignalsResponseSchema = z.object({
  success: z.literal(true),
  run_id: runIdSchema,
  signals: z.array(runSignalSchema),
  metadata: runMetadataSchema,
  rejections: runRejectionsSchema,
});
export type RunSignalsResponse = z.infer<typeof runSignalsResponseSchema>;

export const cancelRunResponseSchema = z.object({
  success: z.literal(true),
  message: z.string(),
  run_id: runIdSchema,
  status: z.enum(JOB_STATUSES),
});
export type CancelRunResponse = z.infer<typeof cancelRunResponseSchema>;

export const runsQuerySchema = z.strictObject({
  status: z.enum(JOB_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** `next_cursor` of the page before. */
  cursor: z.string().max(200).optional(),
  mode: runModeSchema.optional(),
  exchange: exchangeIdSchema.optional(),
  /** Text in the id, the mode, the exchange or one of the symbols. */
  q: z.string().min(1).max(64).optional(),
});
export type RunsQuery = z.output<typeof runsQuerySchema>;
export type RunsQueryInput = Partial<RunsQuery>;

export const runsResponseSchema = z.object({
  success: z.literal(true),
  runs: z.array(runSummarySchema),
  next_cursor: z.string().nullable(),
});
export type RunsResponse = z.infer<typeof runsResponseSchema>;

export const runChangeSchema = z.object({
  symbol: symbolSchema,
  change: z.enum(['new', 'dropped', 'flipped', 'stronger', 'weaker']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Score points, where the change is one of score. */
  delta: z.number().nullable(),
  detail: z.string(),
});
export type RunChange = z.infer<typeof runChangeSchema>;

export const runDiffResponseSchema = z.object({
  success: z.literal(true),
  from: runIdSchema,
  to: runIdSchema,
  changes: z.array(runChangeSchema),
});
export type RunDiffResponse = z.infer<typeof runDiffResponseSchema>;

export const modesResponseSchema = z.object({
  success: z.literal(true),
  default_mode: runModeSchema,
  modes: z.array(
    z.object({
      mode: runModeSchema,
      description: z.string(),
      timeframes: z.array(timeframeSchema),
      primary_timeframe: timeframeSchema,
      critical_timeframes: z.array(timeframeSchema),
      min_score: z.number(),
      min_risk_reward: z.number(),
      setup_type: z.enum(SETUP_TYPES),
    }),
  ),
});
export type ModesResponse = z.infer<typeof modesResponseSchema>;
