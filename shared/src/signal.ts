import { z } from 'zod';
import {
  exchangeIdSchema,
  isoTimeSchema,
  scanIdSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { provenanceSchema } from './provenance.ts';
import { SIGNAL_ORIGINS, SIGNAL_OUTCOMES } from './vocabulary.ts';

export const signalOriginSchema = z.enum(SIGNAL_ORIGINS);

/** Time of the candle, then a digest of what makes a signal one: origin, mode, exchange, symbol, timeframe and candle. */
export const signalIdSchema = z
  .string()
  .regex(/^[0-9a-f]{24}$/, 'must be a signal id: 24 hexadecimal digits')
  .meta({ example: '65a5b6c0884c7d659a2feaa0' });

/** What became of a signal, from candles that closed after it. Percent of the entry. */
export const signalOutcomeSchema = z.object({
  outcome: z.enum(SIGNAL_OUTCOMES),
  /** Why it is unknown; `null` otherwise. */
  reason: z.string().nullable(),
  /** Open of the candle after the signal's: where a trade would have begun. `null` when unknown. */
  entry: z.number().positive().nullable(),
  /** From the entry to the close of the horizon's last candle, whatever happened between; up is positive. */
  forwardReturnPct: z.number().nullable(),
  /** Of a trade in the signal's direction that leaves at the barrier or the horizon, after costs; `null` without a side. */
  netReturnPct: z.number().nullable(),
  /** Largest move for and against the side before the trade ended, both 0 or above; `null` without a side. */
  favourablePct: z.number().nullable(),
  adversePct: z.number().nullable(),
  /** Candles from the entry to the exit. */
  candles: z.int().nullable(),
  exitTime: isoTimeSchema.nullable(),
  /** 1 when the price rose by the prediction's barrier first, 0 when it fell; `null` without a prediction. */
  predictionLabel: z.union([z.literal(0), z.literal(1)]).nullable(),
  settledAt: isoTimeSchema,
});
export type SignalOutcome = z.infer<typeof signalOutcomeSchema>;

/** A signal as it is kept: what was said, from what, and what became of it. */
export const storedSignalSchema = z.object({
  signalId: signalIdSchema,
  origin: signalOriginSchema,
  /** The scan or run that said it first; `null` for the continuous scanner and replays. */
  jobId: scanIdSchema.nullable(),
  exchange: exchangeIdSchema,
  symbol: symbolSchema,
  timeframe: timeframeSchema,
  candleCloseTime: isoTimeSchema,
  recordedAt: isoTimeSchema,
  /** As its scanner names it: BUY, SELL, HOLD · LONG, SHORT · MOMENTUM_BUY … */
  signalType: z.string(),
  direction: z.enum(['long', 'short', 'none']),
  /** Mode of a run, trading style of the continuous scanner; `null` for scans. */
  mode: z.string().nullable(),
  /** Market regime at that moment; `null` when nobody looked. */
  regime: z.string().nullable(),
  /** −100 to 100, positive for a rise: the number whose rank is compared with the forward return's. */
  score: z.number().min(-100).max(100),
  /** Close of the signal's candle. */
  price: z.number().positive(),
  /** Prices that end the trade; `null` without a side. */
  stop: z.number().positive().nullable(),
  target: z.number().positive().nullable(),
  /** Candles after which the trade ends anyway. */
  horizonCandles: z.int().positive(),
  probabilityUp: z.number().min(0).max(1).nullable(),
  provenance: provenanceSchema,
  /** `null` while it is pending. */
  outcome: signalOutcomeSchema.nullable(),
});
export type StoredSignal = z.infer<typeof storedSignalSchema>;

export const signalsQuerySchema = z.strictObject({
  origin: signalOriginSchema.optional(),
  exchange: exchangeIdSchema.optional(),
  symbol: symbolSchema.optional(),
  timeframe: timeframeSchema.optional(),
  signal_type: z.string().max(40).optional(),
  /** Whether the outcome is known. */
  settled: z.stringbool().optional().meta({ type: 'boolean' }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  /** `next_cursor` of the page before. */
  cursor: z.string().max(200).optional(),
});
export type SignalsQuery = z.output<typeof signalsQuerySchema>;

export const signalsResponseSchema = z.object({
  success: z.literal(true),
  /** Newest candle first. */
  signals: z.array(storedSignalSchema),
  count: z.int(),
  next_cursor: z.string().nullable(),
  timestamp: isoTimeSchema,
});
export type SignalsResponse = z.infer<typeof signalsResponseSchema>;

export const storedSignalResponseSchema = z.object({
  success: z.literal(true),
  signal: storedSignalSchema,
});
export type StoredSignalResponse = z.infer<typeof storedSignalResponseSchema>;

/** One value that came out otherwise. */
export const signalDifferenceSchema = z.object({
  /** Such as `score`, `stop` or `candles.1h.sha256`. */
  field: z.string(),
  stored: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  computed: z.union([z.string(), z.number(), z.boolean(), z.null()]),
});
export type SignalDifference = z.infer<typeof signalDifferenceSchema>;

/** A signal computed again: from the same candles, by the rules of today. */
export const replaySignalResponseSchema = z.object({
  success: z.literal(true),
  signalId: signalIdSchema,
  /** `unavailable`: its candles are kept no more and cannot be read again. */
  verdict: z.enum(['equal', 'differs', 'unavailable']),
  /** In words: what is equal, what differs and why (other candles, other rules, another model). */
  detail: z.string(),
  differences: z.array(signalDifferenceSchema),
  /** Where the candles were read from. */
  candlesFrom: z.enum(['archive', 'source']).nullable(),
  /** Rules of the running version. */
  rules: z.record(z.string(), z.int()),
  timestamp: isoTimeSchema,
});
export type ReplaySignalResponse = z.infer<typeof replaySignalResponseSchema>;
