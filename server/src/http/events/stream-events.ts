import { type EventsQuery, ScannerError } from '@fast-scanner/shared';
import type { Request, Response } from 'express';
import type { EventPage } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { parseHeader } from '../parse-input.ts';
import type { SseStreams, StreamPosition } from './sse-streams.ts';

export interface StreamEventsOptions {
  readonly eventLog: EventLog;
  readonly streams: SseStreams;
}

/** A record with a log of its own. */
export interface LoggedRecord<Id extends object> {
  readonly streamId: string;
  /** How a page of JSON names the record. */
  readonly id: Id;
  /** Sent along when events that were asked for are gone. */
  readonly summary: object;
}

interface StreamRequest<Params, Query> {
  readonly params: Params;
  readonly query: Query;
}

/** Where a reader goes on. */
interface PositionQuery {
  readonly after?: number;
  readonly lastEventId?: number | undefined;
}

type FindRecord<Params, Id extends object> = (params: Params) => Promise<LoggedRecord<Id>>;

const LAST_EVENT_ID = { pattern: /^\d{1,15}$/, expected: 'the id of an event, a whole number' };

/** Answers the log of the record that `find` finds, as a page of JSON or as an event stream. */
export function createStreamEventsHandler<Params, Id extends object>(
  { eventLog, streams }: StreamEventsOptions,
  find: FindRecord<Params, Id>,
) {
  return async (
    { params, query }: StreamRequest<Params, EventsQuery>,
    request: Request,
    response: Response,
  ) => {
    const record = await find(params);
    const afterSeq = positionOf(request, query);
    const page = await readAfter(eventLog, record, { afterSeq, limit: query.limit });
    if (!wantsStream(request)) return toPage(record.id, page);
    response.vary('Accept');
    await sendStream(streams, response, { streamId: record.streamId, afterSeq, page });
    return undefined;
  };
}

/** Answers the log of the record that `find` finds as an event stream, whatever the client accepts. */
export function createEventStreamHandler<Params, Id extends object>(
  { eventLog, streams }: StreamEventsOptions,
  find: FindRecord<Params, Id>,
) {
  return async (
    { params, query }: StreamRequest<Params, PositionQuery>,
    request: Request,
    response: Response,
  ) => {
    const record = await find(params);
    const afterSeq = positionOf(request, query);
    const page = await readAfter(eventLog, record, { afterSeq, limit: 1 });
    if (request.method === 'HEAD') response.type('text/event-stream').end();
    else await sendStream(streams, response, { streamId: record.streamId, afterSeq, page });
    return undefined;
  };
}

/** A reconnecting EventSource repeats its first address, so that the header it adds is the newer word. */
function positionOf(request: Request, { after = 0, lastEventId }: PositionQuery): number {
  const header = parseHeader(request.headers, 'Last-Event-ID', LAST_EVENT_ID);
  return header === undefined ? (lastEventId ?? after) : Number(header);
}

/** @throws ScannerError `gone` when the log no longer has what follows */
async function readAfter(
  eventLog: EventLog,
  { streamId, summary }: LoggedRecord<object>,
  { afterSeq, limit }: { readonly afterSeq: number; readonly limit: number },
): Promise<EventPage> {
  const page = await eventLog.read(streamId, afterSeq, limit);
  if (afterSeq + 1 >= page.firstSeq) return page;
  throw new ScannerError('gone', `events before ${page.firstSeq} have been trimmed`, { summary });
}

/** An EventSource that has seen the end stays away after a 204. */
async function sendStream(
  streams: SseStreams,
  response: Response,
  { page, ...position }: StreamPosition & { readonly page: EventPage },
): Promise<void> {
  if (page.terminal && position.afterSeq >= page.lastSeq) response.status(204).end();
  else await streams.serve(response, async () => position);
}

function wantsStream(request: Request): boolean {
  return (
    request.method === 'GET' &&
    request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream'
  );
}

function toPage<Id extends object>(id: Id, page: EventPage) {
  const { firstSeq, lastSeq, terminal } = page;
  const events = page.events.map(({ type, payload, seq }) => ({ type, ...payload, seq }));
  return { success: true as const, ...id, events, firstSeq, lastSeq, terminal };
}
