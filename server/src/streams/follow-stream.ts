import { setMaxListeners } from 'node:events';
import { ScannerError } from '@fast-scanner/shared';
import type { StoredEvent } from '../store/store.ts';
import type { EventLog } from './event-log.ts';
import { LiveTail, type NextEvents } from './live-tail.ts';

/** Events read from the store at once: with the tail, all that a slow reader ever holds. */
const PAGE_SIZE = 256;

export interface FollowOptions {
  readonly afterSeq: number;
  readonly signal: AbortSignal;
}

/** See `EventLog.follow`. */
export async function* followStream(
  log: Pick<EventLog, 'read' | 'subscribe'>,
  streamId: string,
  { afterSeq, signal }: FollowOptions,
): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  if (signal.aborted) return;
  const tail = new LiveTail();
  const dispose = log.subscribe(streamId, (events, terminal) => tail.push(events, terminal));
  const stop = () => {
    dispose();
    tail.stop();
  };
  setMaxListeners(0, signal); // any number may share a signal; each leaves it in the end
  signal.addEventListener('abort', stop, { once: true });
  try {
    let last = afterSeq;
    while (!signal.aborted) {
      const { events, terminal } = tail.take(last) ?? (await readNext(log, streamId, { last, tail }));
      if (signal.aborted) return;
      last = events.at(-1)?.seq ?? last;
      if (events.length > 0) yield events;
      if (terminal) return;
      if (events.length === 0) await tail.heard();
    }
  } finally {
    dispose();
    signal.removeEventListener('abort', stop);
  }
}

/** Reads one page. What is published meanwhile is in the tail already. */
async function readNext(
  log: Pick<EventLog, 'read'>,
  streamId: string,
  { last, tail }: { readonly last: number; readonly tail: LiveTail },
): Promise<NextEvents> {
  const { events, firstSeq, lastSeq, terminal } = await log.read(streamId, last, PAGE_SIZE);
  if (last + 1 < firstSeq) throw new ScannerError('gone', `events before ${firstSeq} have been trimmed`);
  const isAtEnd = (events.at(-1)?.seq ?? last) >= lastSeq;
  if (!isAtEnd) tail.miss();
  return { events, terminal: terminal && isAtEnd };
}
