import { z } from 'zod';
import { exchangeIdSchema, isoTimeSchema, symbolSchema, timeframeSchema } from './primitives.ts';
import { CONTINUOUS_SIGNAL_TYPES, TRADING_STYLES } from './vocabulary.ts';

export const tradingStyleSchema = z.enum(TRADING_STYLES);

export const continuousSignalTypeSchema = z.enum(CONTINUOUS_SIGNAL_TYPES);

export const MARKET_BIASES = ['bullish', 'bearish', 'neutral'] as const;
export type MarketBias = (typeof MARKET_BIASES)[number];
const biasSchema = z.enum(MARKET_BIASES);

const scoreSchema = z.number().min(0).max(100);
const ratioSchema = z.number().min(0).max(1);

/** Whether the price runs, and how hard. */
export const momentumSchema = z.object({
  momentum_score: scoreSchema,
  /** Change over 10 candles, percent. */
  price_change_pct: z.number(),
  /** Mean volume of 5 candles as a multiple of the mean of 20; `null` when nothing was traded. */
  volume_ratio: z.number().min(0).nullable(),
  /** Whether a trend of volume clusters in the move's direction raised the score. */
  cluster_validated: z.boolean(),
  /** Score above 80 strong, above 50 moderate. */
  strength_classification: z.enum(['strong', 'moderate', 'weak']),
});
export type Momentum = z.infer<typeof momentumSchema>;

/** Whether the price has run too far: 25 points for each of exhausted momentum, exhausted volume, excessive gain and extreme RSI. */
export const reversionSchema = z.object({
  reversion_score: scoreSchema,
  momentum_exhaustion: z.boolean(),
  /** Newest candles in a row that moved one way by more than 0.1 % each. */
  consecutive_moves: z.int().min(0),
  volume_exhaustion: z.boolean(),
  excessive_gain: z.boolean(),
  /** Change over 5 candles, percent. */
  recent_gain_pct: z.number(),
  /** RSI 14 above 70. */
  is_overbought: z.boolean(),
  /** RSI 14 below 30. */
  is_oversold: z.boolean(),
  /** Against the change over 5 candles; neutral when there is none. */
  reversion_direction: biasSchema,
  /** Score above 50. */
  reversion_candidate: z.boolean(),
});
export type Reversion = z.infer<typeof reversionSchema>;

/** Runs of high-volume candles of one direction among the newest 20. */
export const clusteringSchema = z.object({
  trend_formation_signal: z.boolean(),
  /** `directional_ratio · follow_through`, 0–1. */
  cluster_strength: ratioSchema,
  total_clusters: z.int().min(0),
  bullish_clusters: z.int().min(0),
  bearish_clusters: z.int().min(0),
  /** Share of the clusters on the larger side; 0 without clusters. */
  directional_ratio: ratioSchema,
  /** Share of the newest 3 candles in the last cluster's direction; 0 without clusters. */
  follow_through: ratioSchema,
});
export type Clustering = z.infer<typeof clusteringSchema>;

/** The signal of one symbol and timeframe: one for each closed candle. */
export const continuousSignalSchema = z.object({
  symbol: symbolSchema,
  exchange: exchangeIdSchema,
  style: tradingStyleSchema,
  timeframe: timeframeSchema,
  /** When it was computed. */
  timestamp: isoTimeSchema,
  candleCloseTime: isoTimeSchema,
  /** The candle's close, in quote units. */
  price: z.number().positive(),
  momentum: momentumSchema,
  reversion: reversionSchema,
  clustering: clusteringSchema,
  combined_score: scoreSchema,
  signal_type: continuousSignalTypeSchema,
});
export type ContinuousSignal = z.infer<typeof continuousSignalSchema>;

/** What a confluence says of one timeframe. */
export const timeframeDetailSchema = z.object({
  timeframe: timeframeSchema,
  signal_type: continuousSignalTypeSchema,
  bias: biasSchema,
  combined_score: scoreSchema,
  momentum_score: scoreSchema,
  reversion_score: scoreSchema,
  price: z.number().positive(),
  candleCloseTime: isoTimeSchema,
});
export type TimeframeDetail = z.infer<typeof timeframeDetailSchema>;

/** Whether the timeframes of a symbol agree. Aligned are those on the side that has more of them. */
export const timeframeConfluenceSchema = z.object({
  symbol: symbolSchema,
  /** At least 2 are aligned, each with the minimum score. */
  confluence: z.boolean(),
  /** Timeframes that have a signal. */
  timeframes_analyzed: z.int().min(0),
  /** Mean combined score of the aligned timeframes; `null` when neither side has more. */
  average_score: scoreSchema.nullable(),
  bullish_timeframes: z.int().min(0),
  bearish_timeframes: z.int().min(0),
  dominant_bias: biasSchema,
  recommendation: z.enum(['STRONG', 'MODERATE', 'WEAK']),
  /** `null` for a style that has no signal yet. */
  timeframe_details: z.record(tradingStyleSchema, timeframeDetailSchema.nullable()),
});
export type TimeframeConfluence = z.infer<typeof timeframeConfluenceSchema>;

/** How many symbols stand higher than 24 hours ago (stocks: than at the previous close). */
export const breadthSchema = z.object({
  advancing: z.int().min(0),
  declining: z.int().min(0),
  unchanged: z.int().min(0),
  /** `advancing / (advancing + declining)`, 0–1; `null` when nothing moved. */
  breadth_ratio: ratioSchema.nullable(),
  /** Bullish above 0.6, bearish below 0.4. */
  market_bias: biasSchema,
  /** Share of the universe that both prices are known of, 0–1. */
  coverage: ratioSchema,
});
export type Breadth = z.infer<typeof breadthSchema>;

export const VOLATILITY_REGIMES = ['low', 'medium', 'high', 'unknown'] as const;
export type VolatilityRegime = (typeof VOLATILITY_REGIMES)[number];

export const marketStateSchema = z.object({
  timestamp: isoTimeSchema,
  breadth: breadthSchema,
  /** The universe's median volatility among its own recent readings; unknown below 20 of them. */
  volatility_regime: z.enum(VOLATILITY_REGIMES),
  /** Newest signals of all symbols and timeframes that are not NEUTRAL. */
  active_signals: z.int().min(0),
});
export type MarketState = z.infer<typeof marketStateSchema>;
