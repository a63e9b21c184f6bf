import { z } from 'zod';
import { isoTimeSchema, modelIdSchema, timeframeSchema } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';
import { factorSchema } from './quick-signal.ts';
import { SIGNALS } from './vocabulary.ts';

export const REGIMES = ['bull', 'bear', 'ranging'] as const;
export const VOLATILITY_LEVELS = ['low', 'medium', 'high'] as const;
export const PERSISTENCE_LEVELS = ['trending', 'random', 'mean_reverting'] as const;

/** Three axes, each said: direction, volatility, persistence. */
export const marketRegimeSchema = z.object({
  regime: z.enum(REGIMES),
  /** 0–1. */
  confidence: z.number().min(0).max(1),
  volatility: z.enum(VOLATILITY_LEVELS),
  /** ATR% as a percentile (0–100) of the symbol's own history; `null` when there is too little of it. */
  volatilityPercentile: z.number().min(0).max(100).nullable(),
  persistence: z.enum(PERSISTENCE_LEVELS),
  /** Kaufman efficiency ratio, 0–1; `null` during warm-up. */
  efficiencyRatio: z.number().min(0).max(1).nullable(),
  adx: z.number().nullable(),
  /** Close time of the candle with which the regime began; `null` when it is older than the data. */
  since: isoTimeSchema.nullable(),
  rationale: z.string(),
});
export type MarketRegime = z.infer<typeof marketRegimeSchema>;

/** Stop and target plan. Prices in quote units, rounded to the tick; `riskReward` is computed after rounding. */
export const riskPlanSchema = z.object({
  direction: z.enum(['long', 'short']),
  entry: z.number().positive(),
  stopLoss: z.number().positive(),
  takeProfit: z.number().positive(),
  riskReward: z.number().positive(),
  /** Distance of the stop from the entry in percent of the entry. */
  stopDistancePct: z.number().positive(),
  targets: z.array(
    z.object({ level: z.int().min(1), price: z.number().positive(), riskReward: z.number().positive() }),
  ),
  rationale: z.string(),
});
export type RiskPlan = z.infer<typeof riskPlanSchema>;

/** Why there is no plan, for programs. */
export const PLAN_PROBLEMS = [
  'no_side',
  'no_volatility',
  'stop_distance',
  'no_target',
  'risk_reward',
] as const;
export type PlanProblem = (typeof PLAN_PROBLEMS)[number];

export const timeframeVoteSchema = z.object({
  timeframe: timeframeSchema,
  /** `null` when the timeframe could not be read; `detail` says why. */
  signal: z.enum(SIGNALS).nullable(),
  score: z.number().min(-1).max(1).nullable(),
  candleCloseTime: isoTimeSchema.nullable(),
  warmupOk: z.boolean(),
  detail: z.string().nullable(),
});
export type TimeframeVote = z.infer<typeof timeframeVoteSchema>;

/** The signal on several timeframes, each from its own closed candles. */
export const confluenceSchema = z.object({
  bias: z.enum(['bullish', 'bearish', 'neutral']),
  /** Share of the asked timeframes that agree with the bias, 0–1. A missing timeframe never agrees. */
  alignment: z.number().min(0).max(1),
  timeframes: z.array(timeframeVoteSchema),
  agreeing: z.array(timeframeSchema),
  disagreeing: z.array(timeframeSchema),
  missing: z.array(timeframeSchema),
});
export type Confluence = z.infer<typeof confluenceSchema>;

/** What a trained model says of the newest closed candle, and how far the model can be believed. */
export const predictionSchema = z.object({
  /**
   * Chance that the price rises to `upPrice` before it falls to `downPrice`; when neither is reached within the horizon, that its last
   * close stands above `closePrice`. A candle that reaches both counts as fallen.
   */
  probabilityUp: z.number().min(0).max(1),
  /** Closed candles after which the outcome is decided anyway. */
  horizonCandles: z.int().positive(),
  /** Close of the newest closed candle, from which both barriers are equally far in log prices. */
  closePrice: z.number().positive(),
  upPrice: z.number().positive(),
  downPrice: z.number().positive(),
  /** The kind of model, in words. */
  model: z.string(),
  modelId: modelIdSchema,
  trainedAt: isoTimeSchema,
  /** Labelled samples the model has learned from. */
  samples: z.int(),
  /** Out of sample, of the model: smaller is better. */
  brier: z.number(),
  /** The same of always saying the base rate. */
  baselineBrier: z.number(),
  /** `1 − brier / baselineBrier`: above 0 when the model knows more than the base rate. */
  brierSkill: z.number(),
  auc: z.number(),
  /** Whether that skill is above 0 with confidence. When it is not, the probability is no reason to trade. */
  edge: z.boolean(),
  /** The edge, or the lack of one, in words. */
  verdict: z.string(),
});
export type Prediction = z.infer<typeof predictionSchema>;

export const candlePatternSchema = z.object({
  name: z.string(),
  direction: z.enum(['bullish', 'bearish', 'neutral']),
});
export type CandlePattern = z.infer<typeof candlePatternSchema>;

/** What phase 2 says of one symbol. Field names are the documented wire names. */
export const deepAnalysisSchema = z.object({
  /** 0–100, the sum of the factors' contributions. */
  opportunity_score: z.number().min(0).max(100),
  /** Which way the opportunity points. */
  direction: z.enum(['long', 'short', 'none']),
  market_regime: marketRegimeSchema,
  sl_tp: riskPlanSchema.nullable(),
  /** Why there is no plan; `null` when there is one. */
  sl_tp_reason: z.string().nullable(),
  /** The kind of reason. */
  sl_tp_problem: z.enum(PLAN_PROBLEMS).nullable(),
  confluence: confluenceSchema,
  ml_prediction: predictionSchema.nullable(),
  /** Why there is no prediction (yet); `null` when there is one. */
  ml_prediction_reason: z.string().nullable(),
  /** Candlestick patterns that end on the newest closed candle. Informative; they do not score. */
  patterns: z.array(candlePatternSchema),
  /** Contributions in points of the opportunity score (0–100). */
  factors: z.array(factorSchema.extend({ value: z.number().min(0).max(1) })),
  candleCloseTime: isoTimeSchema,
  /** Which candles of which timeframes it was computed from, by which rules and settings. */
  provenance: provenanceSchema,
  timestamp: isoTimeSchema,
});
export type DeepAnalysis = z.infer<typeof deepAnalysisSchema>;
