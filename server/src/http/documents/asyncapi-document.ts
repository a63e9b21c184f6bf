import {
  ackErrorSchema,
  alertEventSchemas,
  continuousEventSchemas,
  marketScanEventSchemas,
  marketScanIdSchema,
  priceEventSchemas,
  quickScanRequestSchema,
  resetSchema,
  runEventSchemas,
  runIdSchema,
  runTopicEventSchemas,
  scanEventSchemas,
  scanIdSchema,
  scanTopicEventSchemas,
  subscribeRequestSchema,
  subscriptionSchema,
  TOPICS,
  unsubscribeRequestSchema,
} from '@fast-scanner/shared';
import { z } from 'zod';
import manifest from '../../../package.json' with { type: 'json' };

interface ClientEvent {
  readonly summary: string;
  readonly request: z.ZodType;
  readonly answer: z.ZodType;
}

/** What a client may send, each with an acknowledgement. */
const CLIENT_EVENTS: Readonly<Record<string, ClientEvent>> = {
  subscribe: {
    summary:
      'Replay a stream after `afterSeq`, then follow it live; or follow prices, which are not numbered',
    request: subscribeRequestSchema,
    answer: subscriptionSchema,
  },
  unsubscribe: {
    summary: 'Stop following a stream',
    request: unsubscribeRequestSchema,
    answer: z.object({}),
  },
  requestQuickScan: {
    summary: 'Scan, with the caller subscribed before the first event',
    request: quickScanRequestSchema,
    answer: z.object({ scanId: scanIdSchema }),
  },
};

/** What the server sends, one argument each. */
const SERVER_EVENTS: Readonly<Record<string, z.ZodType>> = {
  ...priceEventSchemas,
  ...scanEventSchemas,
  ...scanTopicEventSchemas,
  ...runEventSchemas,
  ...runTopicEventSchemas,
  ...marketScanEventSchemas,
  ...alertEventSchemas,
  ...continuousEventSchemas,
  reset: resetSchema.extend({
    scanId: scanIdSchema.optional(),
    runId: runIdSchema.optional(),
    jobId: marketScanIdSchema.optional(),
    topic: z.enum(TOPICS).optional(),
  }),
};

const CHANNEL = { $ref: '#/channels/root' };

/** AsyncAPI 3 of the Socket.IO side, from the schemas that validate it. */
export function createAsyncApiDocument() {
  const clientNames = Object.keys(CLIENT_EVENTS);
  const serverNames = Object.keys(SERVER_EVENTS);
  const names = [...clientNames, ...clientNames.map(toAckName), ...serverNames];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Fast Scanner events',
      version: manifest.version,
      description:
        'Socket.IO 4, namespace `/`. Durable events carry `seq`: 1, 2, 3 … without a hole within their stream.',
    },
    defaultContentType: 'application/json',
    channels: {
      root: {
        address: '/',
        messages: mapNames(names, (name) => ({ $ref: `#/components/messages/${name}` })),
      },
    },
    operations: {
      ...mapNames(clientNames, (name) => ({
        action: 'receive',
        channel: CHANNEL,
        summary: CLIENT_EVENTS[name]?.summary,
        messages: [channelMessage(name)],
        reply: { channel: CHANNEL, messages: [channelMessage(toAckName(name))] },
      })),
      ...mapNames(serverNames, (name) => ({
        action: 'send',
        channel: CHANNEL,
        messages: [channelMessage(name)],
      })),
    },
    components: { messages: { ...clientMessages(), ...serverMessages() } },
  };
}

function clientMessages() {
  return Object.fromEntries(
    Object.entries(CLIENT_EVENTS).flatMap(([name, { request, answer }]) => {
      const ack = z.union([
        z.object({ ok: z.literal(true), data: answer }),
        z.object({ ok: z.literal(false), error: ackErrorSchema }),
      ]);
      return [
        [name, toMessage(name, request, 'input')],
        [toAckName(name), toMessage(toAckName(name), ack, 'output')],
      ];
    }),
  );
}

function serverMessages() {
  return mapNames(Object.keys(SERVER_EVENTS), (name) =>
    toMessage(name, SERVER_EVENTS[name] ?? z.never(), 'output'),
  );
}

function toMessage(name: string, schema: z.ZodType, io: 'input' | 'output') {
  return { name, payload: z.toJSONSchema(schema, { target: 'draft-7', io }) };
}

function toAckName(name: string): string {
  return `${name}Ack`;
}

function channelMessage(name: string) {
  return { $ref: `#/channels/root/messages/${name}` };
}

function mapNames<Value>(names: readonly string[], toValue: (name: string) => Value): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, toValue(name)]));
}
