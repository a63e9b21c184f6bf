import { z } from 'zod';
import { dataSourceSchema, exchangeIdSchema, isoTimeSchema, seqSchema, symbolSchema } from './primitives.ts';
import { errorCodeSchema } from './problem.ts';
import {
  rejectionReasonSchema,
  runIdSchema,
  runMetadataSchema,
  runModeSchema,
  runRejectionSchema,
  runSignalSchema,
  runSummarySchema,
} from './run.ts';
import { TERMINAL_STATUSES } from './scan.ts';

const durable = { seq: seqSchema, run_id: runIdSchema, timestamp: isoTimeSchema };

/** How far the run is after the symbol of the event. */
const progressShape = {
  progress: z.int(),
  total: z.int(),
  progress_pct: z.number().min(0).max(100),
  eta_seconds: z.number().nullable(),
};

/** Durable events of one scan run's stream, by name. */
export const runEventSchemas = {
  /** The symbols are chosen and the work begins. */
  runStarted: z.object({
    ...durable,
    mode: runModeSchema,
    exchange: exchangeIdSchema,
    data_source: dataSourceSchema,
    symbols: z.array(symbolSchema),
    total: z.int(),
    selection_note: z.string().nullable(),
  }),
  /** A symbol passed every rule. */
  runSignal: z.object({ ...durable, symbol: symbolSchema, signal: runSignalSchema, ...progressShape }),
  /** A symbol is no signal, and why. */
  runRejection: z.object({
    ...durable,
    symbol: symbolSchema,
    reason: rejectionReasonSchema,
    rejection: runRejectionSchema,
    ...progressShape,
  }),
  /** The run as a whole is in trouble; when it fails of it, the terminal event follows. */
  runError: z.object({ ...durable, code: errorCodeSchema, error: z.string() }),
  /** The one terminal event. */
  runEnded: z.object({ ...durable, status: z.enum(TERMINAL_STATUSES), metadata: runMetadataSchema }),
} as const;

export type RunEventName = keyof typeof runEventSchemas;

/** Payload of each event of a run's stream. */
export interface RunEvents {
  runStarted: z.infer<typeof runEventSchemas.runStarted>;
  runSignal: z.infer<typeof runEventSchemas.runSignal>;
  runRejection: z.infer<typeof runEventSchemas.runRejection>;
  runError: z.infer<typeof runEventSchemas.runError>;
  runEnded: z.infer<typeof runEventSchemas.runEnded>;
}

/** One event of a run's stream as JSON pages and SSE carry it: the payload with its name as `type`. */
export type RunEvent = { [Name in RunEventName]: { type: Name } & RunEvents[Name] }[RunEventName];

/** Durable events of the topic `runs`: what happens across runs. */
export const runTopicEventSchemas = {
  /** A run was queued, started or ended. */
  runUpdated: z.object({ ...runSummarySchema.shape, ...durable }),
} as const;

export interface RunTopicEvents {
  runUpdated: z.infer<typeof runTopicEventSchemas.runUpdated>;
}

export const runEventsResponseSchema = z.object({
  success: z.literal(true),
  run_id: runIdSchema,
  events: z.array(z.looseObject({ type: z.string(), seq: seqSchema })),
  firstSeq: z.int(),
  lastSeq: z.int(),
  terminal: z.boolean(),
});
export type RunEventsResponse = z.infer<typeof runEventsResponseSchema>;
