import { randomUUID } from 'node:crypto';
import {
  type Ack,
  type ClientToServerEvents,
  PRICES_TOPIC,
  quickScanRequestSchema,
  ScannerError,
  subscribeRequestSchema,
  toAckError,
  toInvalidInput,
  unsubscribeRequestSchema,
} from '@fast-scanner/shared';
import type { z } from 'zod';
import type { Logger } from '../ops/logger.ts';
import type { Reply, SocketSession } from './socket-session.ts';
import type { RealtimeSocket } from './typed-socket.ts';

type Handler = (request: unknown) => Promise<Reply<unknown>>;

type ClientEventName = keyof ClientToServerEvents;

/** Every event a client may send. */
export const CLIENT_EVENT_NAMES: readonly ClientEventName[] = [
  'subscribe',
  'unsubscribe',
  'requestQuickScan',
];

function createHandlers(session: SocketSession): Readonly<Record<ClientEventName, Handler>> {
  return {
    subscribe: validated(subscribeRequestSchema, ({ topic, exchange, ...request }) =>
      topic === PRICES_TOPIC
        ? session.prices.subscribe(exchange, request.symbols ?? [])
        : session.subscribe({ ...request, topic }),
    ),
    unsubscribe: validated(unsubscribeRequestSchema, ({ topic, exchange, ...request }) =>
      topic === PRICES_TOPIC
        ? session.prices.unsubscribe(exchange)
        : session.unsubscribe({ ...request, topic }),
    ),
    requestQuickScan: validated(quickScanRequestSchema, (request) => session.requestQuickScan(request)),
  };
}

/** Answers what the client sends, whatever that is: with a missing acknowledgement the answer is simply not sent. */
export function answerRequests(socket: RealtimeSocket, session: SocketSession, logger: Logger): void {
  const handlers = createHandlers(session);
  socket.onAny(async (name: string, ...args: unknown[]) => {
    const { request, ack } = splitArguments(args);
    try {
      const { data, afterwards } = await (isClientEvent(name) ? handlers[name] : refuseUnknown)(request);
      ack({ ok: true, data });
      afterwards?.();
    } catch (error) {
      const requestId = randomUUID();
      if (!(error instanceof ScannerError))
        logger.error({ err: error, requestId, event: name }, 'request failed');
      ack({ ok: false, error: toAckError(toScannerError(error), requestId) });
    }
  });
}

function validated<Schema extends z.ZodType>(
  schema: Schema,
  handle: (request: z.output<Schema>) => Promise<Reply<unknown>>,
): Handler {
  return async (request) => {
    const parsed = schema.safeParse(request ?? {});
    if (!parsed.success) throw toInvalidInput(parsed.error.issues);
    return handle(parsed.data);
  };
}

function isClientEvent(name: string): name is ClientEventName {
  return CLIENT_EVENT_NAMES.some((known) => known === name);
}

async function refuseUnknown(): Promise<never> {
  throw new ScannerError('not_found', 'the server knows no event of this name; see /asyncapi.json');
}

function splitArguments(args: readonly unknown[]) {
  const last = args.at(-1);
  const ack = typeof last === 'function' ? (answer: Ack<unknown>) => void last(answer) : () => undefined;
  return { request: typeof args[0] === 'function' ? undefined : args[0], ack };
}

function toScannerError(error: unknown): ScannerError {
  if (error instanceof ScannerError) return error;
  return new ScannerError('internal', 'something broke on our side; quote the request id', { cause: error });
}
