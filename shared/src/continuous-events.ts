import { z } from 'zod';
import { CONTINUOUS_STREAMS, streamStatesSchema } from './continuous.ts';
import { continuousSignalSchema, marketStateSchema } from './continuous-signal.ts';
import { isoTimeSchema, seqSchema } from './primitives.ts';

/** Durable events of the topic `continuous`. */
export const continuousEventSchemas = {
  /** A candle has closed, and this is what it says. `timestamp` is the signal's. */
  continuousSignal: z.object({ seq: seqSchema, ...continuousSignalSchema.shape }),
  /** Breadth and volatility were read. */
  marketState: z.object({ seq: seqSchema, ...marketStateSchema.shape }),
  /** The scanner was started or stopped, or one of its streams began to fail or recovered. */
  streamStatus: z.object({
    seq: seqSchema,
    timestamp: isoTimeSchema,
    change: z.enum(['started', 'stopped', 'failing', 'recovered']),
    /** `null` when it is the scanner as a whole. */
    stream: z.enum(CONTINUOUS_STREAMS).nullable(),
    running: z.boolean(),
    streams: streamStatesSchema,
  }),
} as const;

export interface ContinuousEvents {
  continuousSignal: z.infer<typeof continuousEventSchemas.continuousSignal>;
  marketState: z.infer<typeof continuousEventSchemas.marketState>;
  streamStatus: z.infer<typeof continuousEventSchemas.streamStatus>;
}
