import { z } from 'zod';
import type { AlertEvents } from './alerts.ts';
import type { ContinuousEvents } from './continuous-events.ts';
import { tradingStyleSchema } from './continuous-signal.ts';
import { marketJobSchema, marketScanIdSchema } from './market-scan.ts';
import type { MarketScanEvents } from './market-scan-events.ts';
import { PRICES_TOPIC, type PricesEvent } from './prices.ts';
import { exchangeIdSchema, scanIdSchema, symbolSchema } from './primitives.ts';
import type { AckError } from './problem.ts';
import { runIdSchema, runSummarySchema } from './run.ts';
import type { RunEvents, RunTopicEvents } from './run-events.ts';
import { type QuickScanInput, scanSummarySchema } from './scan.ts';
import type { ScanEvents, ScanTopicEvents } from './scan-events.ts';

export const CONTINUOUS_TOPIC = 'continuous';
export const TOPICS = ['scans', 'runs', 'alerts', CONTINUOUS_TOPIC] as const;
export type Topic = (typeof TOPICS)[number];

const streamKeyShape = {
  scanId: scanIdSchema.optional(),
  runId: runIdSchema.optional(),
  /** A market scan or a sweep. */
  jobId: marketScanIdSchema.optional(),
  topic: z.enum([...TOPICS, PRICES_TOPIC]).optional(),
  /** Whose prices; without it the default exchange's. */
  exchange: exchangeIdSchema.optional(),
};
interface AnyKey {
  scanId?: string | undefined;
  runId?: string | undefined;
  jobId?: string | undefined;
  topic?: string | undefined;
}
const exactlyOneKey = ({ scanId, runId, jobId, topic }: AnyKey) =>
  [scanId, runId, jobId, topic].filter((key) => key !== undefined).length === 1;
const KEY_MESSAGE = 'give exactly one of scanId, runId, jobId and topic';
interface PricesKey {
  topic?: string | undefined;
  exchange?: string | undefined;
}
const exchangeOfPrices = ({ topic, exchange }: PricesKey) => exchange === undefined || topic === PRICES_TOPIC;
const EXCHANGE_ISSUE = { path: ['exchange'], message: 'goes only with the topic prices' };

/** What is asked of a signal of the continuous scanner; what is no signal is always told. */
const signalFilterShape = {
  /** Only signals of these styles. */
  styles: z.array(tradingStyleSchema).min(1).optional(),
  /** Only signals with this combined score or a higher one. */
  minScore: z.number().min(0).max(100).optional(),
};
const ONLY_CONTINUOUS = `goes only with the topic ${CONTINUOUS_TOPIC}`;

export const unsubscribeRequestSchema = z
  .strictObject(streamKeyShape)
  .refine(exactlyOneKey, KEY_MESSAGE)
  .refine(exchangeOfPrices, EXCHANGE_ISSUE);

export const subscribeRequestSchema = z
  .strictObject({
    ...streamKeyShape,
    /** Only events of these symbols (and those that name none). */
    symbols: z.array(symbolSchema).min(1).max(500).optional(),
    ...signalFilterShape,
    /** Replay starts after this seq. */
    afterSeq: z.int().min(0).default(0),
  })
  .refine(exactlyOneKey, KEY_MESSAGE)
  .refine(exchangeOfPrices, EXCHANGE_ISSUE)
  .refine(({ topic, symbols }) => topic !== PRICES_TOPIC || symbols !== undefined, {
    path: ['symbols'],
    message: 'the topic prices wants symbols',
  })
  .refine(({ jobId, symbols }) => jobId === undefined || symbols === undefined, {
    path: ['symbols'],
    message: 'goes not with a jobId: a market scan tells of the market as a whole',
  })
  .refine(({ topic, styles }) => topic === CONTINUOUS_TOPIC || styles === undefined, {
    path: ['styles'],
    message: ONLY_CONTINUOUS,
  })
  .refine(({ topic, minScore }) => topic === CONTINUOUS_TOPIC || minScore === undefined, {
    path: ['minScore'],
    message: ONLY_CONTINUOUS,
  });

export type SubscribeRequest = z.infer<typeof subscribeRequestSchema>;
export type SubscribeInput = z.input<typeof subscribeRequestSchema>;
export type UnsubscribeInput = z.input<typeof unsubscribeRequestSchema>;

/** What a stream is about, as it stands. */
export const snapshotSchema = z.union([scanSummarySchema, runSummarySchema, marketJobSchema]);
export type Snapshot = z.infer<typeof snapshotSchema>;

export const subscriptionSchema = z.object({
  /** Oldest seq still in the log; 1 unless it was trimmed. */
  firstSeq: z.int(),
  lastSeq: z.int(),
  /** The scan, the run or the market scan as it stands; `null` for topics. */
  snapshot: snapshotSchema.nullable(),
  /** Whether the stream has ended: nothing follows the replay. */
  terminal: z.boolean(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const resetSchema = z.object({ firstSeq: z.int(), snapshot: snapshotSchema.nullable() });

export type Ack<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly error: AckError };
export type AckCallback<Data> = (answer: Ack<Data>) => void;

/** What a client may send; each with an acknowledgement. */
export interface ClientToServerEvents {
  subscribe: (request: SubscribeInput, ack: AckCallback<Subscription>) => void;
  unsubscribe: (request: UnsubscribeInput, ack: AckCallback<Record<string, never>>) => void;
  requestQuickScan: (request: QuickScanInput, ack: AckCallback<{ scanId: string }>) => void;
}

/** What the server sends: one argument each. */
export type ServerToClientEvents = {
  [Name in keyof ScanEvents]: (payload: ScanEvents[Name]) => void;
} & {
  [Name in keyof ScanTopicEvents]: (payload: ScanTopicEvents[Name]) => void;
} & {
  [Name in keyof RunEvents]: (payload: RunEvents[Name]) => void;
} & {
  [Name in keyof RunTopicEvents]: (payload: RunTopicEvents[Name]) => void;
} & {
  [Name in keyof MarketScanEvents]: (payload: MarketScanEvents[Name]) => void;
} & {
  [Name in keyof AlertEvents]: (payload: AlertEvents[Name]) => void;
} & {
  [Name in keyof ContinuousEvents]: (payload: ContinuousEvents[Name]) => void;
} & {
  /** The log before `firstSeq` was trimmed: start again from the snapshot. Carries the key it was subscribed by. */
  reset: (payload: {
    scanId?: string;
    runId?: string;
    jobId?: string;
    topic?: Topic;
    firstSeq: number;
    snapshot: Snapshot | null;
  }) => void;
  prices: (payload: PricesEvent) => void;
};
