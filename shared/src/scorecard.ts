import { z } from 'zod';
import { exchangeIdSchema, isoTimeSchema, symbolSchema, timeframeSchema } from './primitives.ts';
import { signalOriginSchema } from './signal.ts';
import { SCORECARD_DIMENSIONS } from './vocabulary.ts';

/** Settled signals below which a figure is noise: it is `null` then, and the group says so. */
export const SCORECARD_MIN_SIGNALS = 30;

const dayOrTimeSchema = z.union([z.iso.datetime(), z.iso.date()], {
  error: 'must be a day such as 2026-01-31, or a time in UTC such as 2026-01-31T12:00:00Z',
});

export const scorecardQuerySchema = z
  .strictObject({
    origin: signalOriginSchema.optional(),
    exchange: exchangeIdSchema.optional(),
    symbol: symbolSchema.optional(),
    timeframe: timeframeSchema.optional(),
    mode: z.string().max(40).optional(),
    regime: z.string().max(40).optional(),
    signal_type: z.string().max(40).optional(),
    /** Signals whose candle closed at or after this … */
    from: dayOrTimeSchema.optional(),
    /** … and before this. */
    to: dayOrTimeSchema.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'must be later than the beginning',
  });
export type ScorecardQuery = z.output<typeof scorecardQuerySchema>;

const intervalSchema = z.object({ low: z.number(), high: z.number() });

/** The figures of one group of signals. Percent figures are percent, ratios 0–1. */
export const scorecardGroupSchema = z.object({
  /** The group's value, such as `BUY`; `all` for the whole. */
  key: z.string(),
  /** Settled signals. */
  n: z.int(),
  /** Settled signals that took a side: hit rate and returns are of these. */
  directional: z.int(),
  /** Of those, how many are left when signals of one symbol and timeframe whose horizons overlap count once. */
  independent: z.int(),
  pending: z.int(),
  unknown: z.int(),
  /** `null`, or why figures are missing: `not enough data (12 of 30)`. */
  note: z.string().nullable(),
  target_rate: z.number().nullable(),
  stop_rate: z.number().nullable(),
  timeout_rate: z.number().nullable(),
  /** Share of trades that ended above zero after costs. */
  hit_rate: z.number().nullable(),
  /** Wilson score interval of the hit rate, 95 %, over `directional`. */
  hit_interval: intervalSchema.nullable(),
  /** The same over `independent`: wider, and the one to believe. */
  hit_interval_independent: intervalSchema.nullable(),
  /** Mean net return of the trades, after costs, percent. */
  mean_net_return_pct: z.number().nullable(),
  median_net_return_pct: z.number().nullable(),
  /** Mean return over the horizon in the signal's direction, before costs, percent. */
  mean_forward_return_pct: z.number().nullable(),
  profit_factor: z.number().nullable(),
  /** Spearman rank correlation of score and forward return, −1 to 1, over all settled signals. */
  rank_correlation: z.number().nullable(),
  /** Signals with a settled prediction. */
  predictions: z.int(),
  brier: z.number().nullable(),
  /** Brier score of always saying the share that rose. */
  baseline_brier: z.number().nullable(),
});
export type ScorecardGroup = z.infer<typeof scorecardGroupSchema>;

/** Predictions of about the same probability, and how often the price rose. */
export const scorecardBinSchema = z.object({
  from: z.number(),
  to: z.number(),
  n: z.int(),
  /** `null` for an empty bin. */
  mean_probability: z.number().nullable(),
  share_up: z.number().nullable(),
  interval: intervalSchema.nullable(),
});
export type ScorecardBin = z.infer<typeof scorecardBinSchema>;

/** Does the scanner work? Everything it said, held against what happened. */
export const scorecardSchema = z.object({
  filters: scorecardQuerySchema,
  /** Close times of the first and the last settled candle; `null` when there is none. */
  from: isoTimeSchema.nullable(),
  to: isoTimeSchema.nullable(),
  /** Kinds of market data behind it: simulated or recorded data prove nothing about a live market. */
  data_kinds: z.array(z.enum(['live', 'recorded', 'simulated'])),
  overall: scorecardGroupSchema,
  groups: z.partialRecord(z.enum(SCORECARD_DIMENSIONS), z.array(scorecardGroupSchema)),
  /** Ten equal bins of the predicted probability; `null` below the minimum of predictions. */
  reliability: z.array(scorecardBinSchema).nullable(),
  /** Costs of a trade taken off the returns: entry and exit together, percent. */
  cost_pct: z.number(),
  min_signals: z.literal(SCORECARD_MIN_SIGNALS),
  /** What the figures say, in words; it measures and does not promise. */
  verdict: z.string(),
});
export type Scorecard = z.infer<typeof scorecardSchema>;

export const scorecardResponseSchema = z.object({
  success: z.literal(true),
  ...scorecardSchema.shape,
  timestamp: isoTimeSchema,
});
export type ScorecardResponse = z.infer<typeof scorecardResponseSchema>;
