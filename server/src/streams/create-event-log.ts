import { type Dispose, ScannerError } from '@fast-scanner/shared';
import type { EventPage, Store, StoredEvent, WriteBatch } from '../store/store.ts';
import type { EventLog, StreamListener } from './event-log.ts';

export interface EventLogOptions {
  /** A listener threw, which is a bug of the listener; nobody else suffers. */
  readonly onListenerError: (error: unknown) => void;
}

/** Events read at once by a follower: all that a slow one ever holds. */
const PAGE_SIZE = 200;

/** An event log over a store. */
export function createEventLog(store: Store, options: EventLogOptions): EventLog {
  return new StoreEventLog(store, options);
}

class StoreEventLog implements EventLog {
  readonly #store: Store;
  readonly #onListenerError: (error: unknown) => void;
  readonly #listeners = new Map<string, Set<StreamListener>>();

  constructor(store: Store, { onListenerError }: EventLogOptions) {
    this.#store = store;
    this.#onListenerError = onListenerError;
  }

  /** The store answers commits in the order it wrote them, and promises keep that order: events are published by seq. */
  async commit(batch: WriteBatch): Promise<readonly StoredEvent[]> {
    const { events } = await this.#store.commit(batch);
    const ended = new Set(
      batch.appendEvents?.flatMap(({ streamId, terminal }) => (terminal ? [streamId] : [])),
    );
    const byStream = new Map<string, StoredEvent[]>();
    for (const event of events) {
      const group = byStream.get(event.streamId);
      if (group) group.push(event);
      else byStream.set(event.streamId, [event]);
    }
    for (const [streamId, group] of byStream) this.#publish(streamId, group, ended.has(streamId));
    return events;
  }

  read(streamId: string, afterSeq: number, limit = PAGE_SIZE): Promise<EventPage> {
    return this.#store.readEvents(streamId, afterSeq, limit);
  }

  has(streamId: string): Promise<boolean> {
    return this.#store.hasStream(streamId);
  }

  subscribe(streamId: string, listener: StreamListener): Dispose {
    const listeners = this.#listeners.get(streamId) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(streamId, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(streamId) === listeners)
        this.#listeners.delete(streamId);
    };
  }

  async *follow(
    streamId: string,
    afterSeq: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly StoredEvent[]> {
    const bell = new Bell();
    const dispose = this.subscribe(streamId, () => bell.ring());
    const onAbort = () => bell.ring();
    signal.addEventListener('abort', onAbort);
    try {
      for (let last = afterSeq; !signal.aborted; ) {
        bell.reset(); // before reading, so that what is committed meanwhile rings
        const { events, firstSeq, lastSeq, terminal } = await this.read(streamId, last);
        if (last + 1 < firstSeq)
          throw new ScannerError('gone', `events before ${firstSeq} have been trimmed`);
        if (signal.aborted) return;
        if (events.length > 0) yield events;
        last = events.at(-1)?.seq ?? last;
        if (last >= lastSeq && terminal) return;
        if (last >= lastSeq) await bell.rung();
      }
    } finally {
      dispose();
      signal.removeEventListener('abort', onAbort);
    }
  }

  #publish(streamId: string, events: readonly StoredEvent[], terminal: boolean): void {
    for (const listener of [...(this.#listeners.get(streamId) ?? [])]) {
      try {
        listener(events, terminal);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }
}

/** Wakes one waiter; a ring that nobody waits for is kept until the next `reset`. */
class Bell {
  #hasRung = false;
  #wake: () => void = () => undefined;

  ring(): void {
    this.#hasRung = true;
    this.#wake();
  }

  reset(): void {
    this.#hasRung = false;
  }

  rung(): Promise<void> {
    return this.#hasRung ? Promise.resolve() : new Promise((resolve) => (this.#wake = resolve));
  }
}
