import { z } from 'zod';
import { deepAnalysisSchema } from './deep-analysis.ts';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  modelIdSchema,
  scanIdSchema,
  seqSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';
import { errorCodeSchema } from './problem.ts';
import { quickSignalSchema } from './quick-signal.ts';
import { scanTotalsSchema, signalChangeSchema, symbolFailureSchema, TERMINAL_STATUSES } from './scan.ts';

const durable = { seq: seqSchema, scanId: scanIdSchema, timestamp: isoTimeSchema };

/** Durable events of one scan's stream, by name. */
export const scanEventSchemas = {
  /** Phase 1 is done. */
  quickScanComplete: z.object({
    ...durable,
    signals: z.array(quickSignalSchema),
    failures: z.array(symbolFailureSchema),
    /** Duration of phase 1, ms. */
    scanTime: z.number(),
  }),
  /** Phase 2 is done for one symbol. */
  symbolAnalyzed: z.object({
    ...durable,
    symbol: symbolSchema,
    signal: quickSignalSchema,
    deepData: deepAnalysisSchema,
  }),
  /** Follows each symbol of phase 2. */
  analysisProgress: z.object({
    ...durable,
    /** Symbols that ended since the previous progress event, well or not. */
    processed: z.array(symbolSchema),
    completed: z.int(),
    failed: z.int(),
    remaining: z.int(),
    total: z.int(),
    progressPct: z.number().min(0).max(100),
    /** `null` until a rate is known. */
    etaSeconds: z.number().nullable(),
  }),
  /** One symbol, or the scan as a whole (no `symbol`), failed. */
  scanError: z.object({
    ...durable,
    symbol: symbolSchema.optional(),
    code: errorCodeSchema,
    error: z.string(),
  }),
  /** The one terminal event. */
  deepAnalysisComplete: z.object({
    ...durable,
    status: z.enum(TERMINAL_STATUSES),
    totals: scanTotalsSchema,
  }),
} as const;

export type ScanEventName = keyof typeof scanEventSchemas;

/** Payload of each event of a scan's stream. */
export interface ScanEvents {
  quickScanComplete: z.infer<typeof scanEventSchemas.quickScanComplete>;
  symbolAnalyzed: z.infer<typeof scanEventSchemas.symbolAnalyzed>;
  analysisProgress: z.infer<typeof scanEventSchemas.analysisProgress>;
  scanError: z.infer<typeof scanEventSchemas.scanError>;
  deepAnalysisComplete: z.infer<typeof scanEventSchemas.deepAnalysisComplete>;
}

/** Durable events of the topic `scans`: what happens across scans. */
export const scanTopicEventSchemas = {
  scanStarted: z.object({
    ...durable,
    exchange: exchangeIdSchema,
    dataSource: dataSourceSchema,
    timeframe: timeframeSchema,
    trigger: z.enum(['interactive', 'scheduled']),
    requested: z.int(),
  }),
  signalChanged: z.object({ ...durable, previousScanId: scanIdSchema, ...signalChangeSchema.shape }),
  /** A model got ready after symbols of an ended scan were analysed without one: their results now hold a prediction. */
  predictionsReady: z.object({
    ...durable,
    exchange: exchangeIdSchema,
    timeframe: timeframeSchema,
    modelId: modelIdSchema,
    edge: z.boolean(),
    verdict: z.string(),
    /** Whose results have changed; to be read again by REST. */
    symbols: z.array(symbolSchema).min(1),
  }),
} as const;

export interface ScanTopicEvents {
  scanStarted: z.infer<typeof scanTopicEventSchemas.scanStarted>;
  signalChanged: z.infer<typeof scanTopicEventSchemas.signalChanged>;
  predictionsReady: z.infer<typeof scanTopicEventSchemas.predictionsReady>;
}

/** One event of a scan's stream as JSON pages and SSE carry it: the payload with its name as `type`. */
export type ScanEvent = { [Name in ScanEventName]: { type: Name } & ScanEvents[Name] }[ScanEventName];

export const eventsQuerySchema = z.strictObject({
  /** Events after this seq. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  /** For EventSource polyfills that cannot send `Last-Event-ID`. */
  lastEventId: z.coerce.number().int().min(0).optional(),
});
export type EventsQuery = z.infer<typeof eventsQuerySchema>;

export const eventsResponseSchema = z.object({
  success: z.literal(true),
  scanId: scanIdSchema,
  events: z.array(z.looseObject({ type: z.string(), seq: seqSchema })),
  firstSeq: z.int(),
  lastSeq: z.int(),
  terminal: z.boolean(),
});
export type EventsResponse = z.infer<typeof eventsResponseSchema>;
