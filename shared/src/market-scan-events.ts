import { z } from 'zod';
import {
  marketScanIdSchema,
  marketScanResultSchema,
  stockFailureSchema,
  sweepResultSchema,
} from './market-scan.ts';
import { isoTimeSchema, seqSchema, symbolSchema } from './primitives.ts';
import { errorCodeSchema } from './problem.ts';

const durable = { seq: seqSchema, job_id: marketScanIdSchema, timestamp: isoTimeSchema };

/** Durable events of one market scan or sweep, by their type. */
export const marketScanEventSchemas = {
  start: z.object({
    ...durable,
    total_stocks: z.int(),
    total: z.int(),
    message: z.string(),
  }),
  /** Every five stocks (of a universe of five hundred: every percent) and at the end. */
  progress: z.object({
    ...durable,
    current: z.int(),
    total: z.int(),
    progress_pct: z.number().min(0).max(100),
    /** The stock finished last. */
    ticker: symbolSchema,
    /** Seconds it took. */
    stock_time: z.number(),
    /** Seconds of work so far. */
    elapsed_time: z.number(),
    eta_seconds: z.number().nullable(),
    successful: z.int(),
    failed: z.int(),
    current_pnl: z.number(),
  }),
  /** A stock that could not be tested. */
  error: z.object({ ...durable, ...stockFailureSchema.shape, current: z.int(), total: z.int() }),
  /** The end of a scan … */
  complete: z.object({ ...durable, ...marketScanResultSchema.shape }),
  /** … and of a sweep. */
  sweepComplete: z.object({ ...durable, ...sweepResultSchema.shape }),
  cancelled: z.object({ ...durable, current: z.int(), total: z.int() }),
  failed: z.object({ ...durable, code: errorCodeSchema, error: z.string() }),
} as const;

export type MarketScanEventName = keyof typeof marketScanEventSchemas;

/** Payload of each event of a market scan's stream. */
export type MarketScanEvents = {
  [Name in MarketScanEventName]: z.infer<(typeof marketScanEventSchemas)[Name]>;
};

/** One event as JSON pages and SSE carry it: the payload with its name as `type`. */
export type MarketScanEvent = {
  [Name in MarketScanEventName]: { type: Name } & MarketScanEvents[Name];
}[MarketScanEventName];
