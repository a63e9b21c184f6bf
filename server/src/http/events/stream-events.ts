import { type EventsQuery, ScannerError } from '@fast-scanner/shared';
import type { Request, Response } from 'express';
import type { EventLog } from '../../streams/event-log.ts';
import { parseHeader } from '../parse-input.ts';
import type { SseStreams } from './sse-streams.ts';

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

interface StreamRequest<Params> {
  readonly params: Params;
  readonly query: EventsQuery;
}

const LAST_EVENT_ID = { pattern: /^\d{1,15}$/, expected: 'the id of an event, a whole number' };

/** Answers the log of the record that `find` finds, as a page of JSON or as an event stream. */
export function createStreamEventsHandler<Params, Id extends object>(
  { eventLog, streams }: StreamEventsOptions,
  find: (params: Params) => Promise<LoggedRecord<Id>>,
) {
  return async ({ params, query }: StreamRequest<Params>, request: Request, response: Response) => {
    const { streamId, id, summary } = await find(params);
    const afterSeq = positionOf(request, query);
    const page = await eventLog.read(streamId, afterSeq, query.limit);
    if (afterSeq + 1 < page.firstSeq) {
      throw new ScannerError('gone', `events before ${page.firstSeq} have been trimmed`, { summary });
    }
    if (!wantsStream(request)) return toPage(id, page);
    response.vary('Accept');
    if (page.terminal && afterSeq >= page.lastSeq) response.status(204).end();
    else await streams.serve(response, { streamId, afterSeq });
    return undefined;
  };
}

/** A reconnecting EventSource repeats its first address, so that the header it adds is the newer word. */
function positionOf(request: Request, { after, lastEventId }: EventsQuery): number {
  const header = parseHeader(request.headers, 'Last-Event-ID', LAST_EVENT_ID);
  return header === undefined ? (lastEventId ?? after) : Number(header);
}

function wantsStream(request: Request): boolean {
  return (
    request.method === 'GET' &&
    request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream'
  );
}

function toPage<Id extends object>(id: Id, page: Awaited<ReturnType<EventLog['read']>>) {
  const { firstSeq, lastSeq, terminal } = page;
  const events = page.events.map(({ type, payload, seq }) => ({ type, ...payload, seq }));
  return { success: true as const, ...id, events, firstSeq, lastSeq, terminal };
}
