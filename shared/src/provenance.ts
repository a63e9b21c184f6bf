import { z } from 'zod';
import { dataSourceSchema, isoTimeSchema, timeframeSchema } from './primitives.ts';

/** Closed candles a signal was computed from. */
export const usedCandlesSchema = z.object({
  timeframe: timeframeSchema,
  count: z.int().positive(),
  /** Open times of the first and the last of them. */
  from: isoTimeSchema,
  to: isoTimeSchema,
  /** SHA-256 of their columns: the same candles give the same digest. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type UsedCandles = z.infer<typeof usedCandlesSchema>;

/** Where a signal comes from: enough to compute it again and compare. */
export const provenanceSchema = z.object({
  dataSource: dataSourceSchema,
  candleCloseTime: isoTimeSchema,
  /** False when there were fewer candles than the slowest indicator needs. */
  warmupOk: z.boolean(),
  /** The signal's own timeframe first; the deep analysis adds its own windows. */
  candles: z.array(usedCandlesSchema).min(1),
  /** Version of each set of rules that took part, such as `{ quick: 1, deep: 1 }`. */
  rules: z.record(z.string(), z.int()),
  /** Settings that the rules were applied with, such as the tick size and the smallest risk/reward. */
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Prediction model that took part; `null` when none did. */
  modelId: z.string().nullable(),
});
export type Provenance = z.infer<typeof provenanceSchema>;
