import type { Dispose } from '@fast-scanner/shared';
import type { EventPage, Store, StoredEvent, WriteBatch } from '../store/store.ts';
import type { EventLog, StreamListener } from './event-log.ts';
import { followStream } from './follow-stream.ts';
import { type Publication, PublishOrder } from './publish-order.ts';

export interface EventLogOptions {
  /** A listener threw, which is a bug of the listener; nobody else suffers. */
  readonly onListenerError: (error: unknown) => void;
}

/** Events of a `read` without a limit. */
const DEFAULT_LIMIT = 256;

/** An event log over a store, publishing within this process. */
export function createEventLog(store: Store, options: EventLogOptions): EventLog {
  return new StoreEventLog(store, options);
}

class StoreEventLog implements EventLog {
  readonly #store: Store;
  readonly #onListenerError: (error: unknown) => void;
  readonly #order = new PublishOrder((publication) => this.#publish(publication));
  readonly #listeners = new Map<string, Set<StreamListener>>();

  constructor(store: Store, { onListenerError }: EventLogOptions) {
    this.#store = store;
    this.#onListenerError = onListenerError;
  }

  async commit(batch: WriteBatch): Promise<readonly StoredEvent[]> {
    const streamIds = new Set(batch.appendEvents?.map(({ streamId }) => streamId));
    const commit = this.#order.begin(streamIds);
    let publications: readonly Publication[] = [];
    try {
      const { events } = await this.#store.commit(batch);
      publications = toPublications(batch, events);
      return events;
    } finally {
      await this.#order.end(commit, streamIds, publications);
    }
  }

  read(streamId: string, afterSeq: number, limit = DEFAULT_LIMIT): Promise<EventPage> {
    return this.#store.readEvents(streamId, afterSeq, limit);
  }

  has(streamId: string): Promise<boolean> {
    return this.#store.hasStream(streamId);
  }

  subscribe(streamId: string, listener: StreamListener): Dispose {
    const own: StreamListener = (events, terminal) => listener(events, terminal); // the same listener may subscribe twice
    const listeners = this.#listeners.get(streamId) ?? new Set();
    this.#listeners.set(streamId, listeners.add(own));
    return () => {
      listeners.delete(own);
      if (listeners.size === 0 && this.#listeners.get(streamId) === listeners)
        this.#listeners.delete(streamId);
    };
  }

  follow(streamId: string, afterSeq: number, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return followStream(this, streamId, { afterSeq, signal });
  }

  #publish({ streamId, events, terminal }: Publication): void {
    const listeners = this.#listeners.get(streamId);
    for (const listener of [...(listeners ?? [])]) {
      if (!listeners?.has(listener)) continue; // one before it unsubscribed it
      try {
        listener(events, terminal);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }
}

function toPublications({ appendEvents = [] }: WriteBatch, events: readonly StoredEvent[]): Publication[] {
  const ended = new Set(appendEvents.filter(({ terminal }) => terminal).map(({ streamId }) => streamId));
  const byStream = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const group = byStream.get(event.streamId);
    if (group) group.push(event);
    else byStream.set(event.streamId, [event]);
  }
  return [...byStream].map(([streamId, group]) => ({
    streamId,
    events: group,
    terminal: ended.has(streamId),
  }));
}
