import { type EventsQuery, type EventsResponse, ScannerError } from '@fast-scanner/shared';
import type { Request, Response } from 'express';
import { type FastScannerService, scanStreamId } from '../../scanners/fast-scanner/fast-scanner-service.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { parseHeader } from '../parse-input.ts';
import type { FAST_SCANNER_ROUTES } from '../routes/fast-scanner-routes.ts';
import type { RouteInput } from '../routes/route-contract.ts';
import type { SseStreams } from './sse-streams.ts';

export interface ScanEventsOptions {
  readonly scanner: FastScannerService;
  readonly eventLog: EventLog;
  readonly streams: SseStreams;
}

type Input = RouteInput<typeof FAST_SCANNER_ROUTES.scanEvents>;

const LAST_EVENT_ID = { pattern: /^\d{1,15}$/, expected: 'the id of an event, a whole number' };

/** Answers the log of a scan as a page of JSON or as an event stream. */
export function createScanEventsHandler({ scanner, eventLog, streams }: ScanEventsOptions) {
  return async ({ params, query }: Input, request: Request, response: Response) => {
    const { scanId } = params;
    if ((await scanner.summary(scanId)) === null)
      throw new ScannerError('not_found', `there is no scan ${scanId}`);
    const streamId = scanStreamId(scanId);
    const afterSeq = positionOf(request, query);
    const page = await eventLog.read(streamId, afterSeq, query.limit);
    if (afterSeq + 1 < page.firstSeq) {
      throw new ScannerError('gone', `events before ${page.firstSeq} have been trimmed`);
    }
    if (!wantsStream(request)) return toPage(scanId, page);
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

function toPage(scanId: string, page: Awaited<ReturnType<EventLog['read']>>): EventsResponse {
  const { firstSeq, lastSeq, terminal } = page;
  const events = page.events.map(({ type, payload, seq }) => ({ type, ...payload, seq }));
  return { success: true, scanId, events, firstSeq, lastSeq, terminal };
}
