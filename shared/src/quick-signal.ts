import { z } from 'zod';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  scanIdSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { provenanceSchema } from './provenance.ts';
import { SIGNALS } from './vocabulary.ts';

export const SYMBOL_STATUSES = ['quick_scan', 'analyzing', 'complete', 'failed'] as const;
export type SymbolStatus = (typeof SYMBOL_STATUSES)[number];

/** One published, weighted reason behind a score. */
export const factorSchema = z.object({
  name: z.string(),
  /** Share of the whole score, 0–1; the weights of one score sum to 1. */
  weight: z.number().min(0).max(1),
  /** Reading of the factor, −1 (bearish) to 1 (bullish); 0 when its evidence is missing. */
  value: z.number().min(-1).max(1),
  /** `weight · value`. Contributions sum to the score. */
  contribution: z.number(),
  rationale: z.string(),
});
export type Factor = z.infer<typeof factorSchema>;

const value = z.number().nullable();

/** Newest closed values of the indicators; `null` before their warm-up ends. Prices in quote units. */
export const indicatorSnapshotSchema = z.object({
  rsi: value,
  macd: z.object({ line: value, signal: value, histogram: value }),
  ema: z.object({ ema20: value, ema50: value, ema200: value }),
  atr: value,
  /** ATR as percent of the close. */
  atrPct: value,
  adx: z.object({ adx: value, plusDi: value, minusDi: value }),
  bollinger: z.object({ upper: value, middle: value, lower: value, percentB: value, bandwidth: value }),
  stochastic: z.object({ k: value, d: value }),
  /** Volume of the newest closed candle as a multiple of the mean of the 20 before it. */
  volumeRatio: value,
});
export type IndicatorSnapshot = z.infer<typeof indicatorSnapshotSchema>;

/** What phase 1 says of one symbol. Computed from closed candles only. */
export const quickSignalSchema = z.object({
  symbol: symbolSchema,
  exchange: exchangeIdSchema,
  dataSource: dataSourceSchema,
  /** Last traded price, quote units. */
  price: z.number().positive(),
  /** Percent against the price 24 h ago; `null` when the exchange does not say and the candles do not reach back. */
  change24h: z.number().nullable(),
  signal: z.enum(SIGNALS),
  /** Weighted vote of the factors, −1 to 1. */
  score: z.number().min(-1).max(1),
  /** `|score| · 100`. */
  strength: z.number().min(0).max(100),
  rsi: value,
  macd: z.enum(['bullish', 'bearish', 'neutral']),
  timeframe: timeframeSchema,
  indicators: indicatorSnapshotSchema,
  factors: z.array(factorSchema),
  /** Close time of the newest candle used. */
  candleCloseTime: isoTimeSchema,
  /** Closes of the newest candles used, oldest first: a sparkline. */
  sparkline: z.array(z.number()),
  /** False when there were fewer candles than the slowest indicator needs. */
  warmupOk: z.boolean(),
  /** Which candles it was computed from, and by which rules. */
  provenance: provenanceSchema,
  status: z.enum(SYMBOL_STATUSES),
  scanId: scanIdSchema,
  timestamp: isoTimeSchema,
});
export type QuickSignal = z.infer<typeof quickSignalSchema>;
