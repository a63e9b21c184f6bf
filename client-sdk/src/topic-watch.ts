import type { Topic } from '@fast-scanner/shared';
import type { Connection } from './connection.ts';
import { EventStream, type StreamEvent } from './event-stream.ts';
import { callSafely } from './job.ts';
import type { ScannerApiError } from './scanner-api-error.ts';
import { type FilterInput, isWanted, joinFilters, type TopicFilter } from './topic-filter.ts';
import type { WatchOptions } from './watch-options.ts';

export interface TopicWatcher<Event> extends WatchOptions {
  readonly filter: TopicFilter;
  readonly onEvent: (event: Event) => void;
}

/** Until the server sends what a watcher wants. */
const WAITING = Number.POSITIVE_INFINITY;

/** What a topic tells from now on, heard once for all watchers of a client: the server sends whatever one of them wants. */
export class TopicWatch<Event extends StreamEvent> {
  readonly #connection: Connection;
  readonly #topic: Topic;
  /** Each with the seq after which it hears. */
  readonly #watchers = new Map<TopicWatcher<Event>, number>();
  #stream: EventStream<Event> | null = null;
  /** What the server was asked for last, and whether it has agreed. */
  #asked = '';
  #isTaken = false;

  constructor(connection: Connection, topic: Topic) {
    this.#connection = connection;
    this.#topic = topic;
  }

  add(watcher: TopicWatcher<Event>): () => void {
    this.#watchers.set(watcher, WAITING);
    if (this.#isTaken && this.#isAsWanted) this.#admit(watcher, 0);
    if (this.#stream) this.#onFilterChange();
    else this.#open();
    return () => {
      if (!this.#watchers.delete(watcher)) return;
      if (this.#watchers.size === 0) this.#close();
      else this.#onFilterChange();
    };
  }

  get #wanted(): FilterInput {
    return joinFilters([...this.#watchers.keys()].map(({ filter }) => filter));
  }

  get #isAsWanted(): boolean {
    return JSON.stringify(this.#wanted) === this.#asked;
  }

  #open(): void {
    this.#stream = new EventStream<Event>({
      connection: this.#connection,
      key: { topic: this.#topic },
      filter: {
        request: () => this.#ask(),
        onTaken: (lastSeq) => this.#onTaken(lastSeq),
        onGap: () => this.#onGap(),
        onRefused: (refusal) => this.#onRefused(refusal),
      },
      onEvent: (event) => this.#tell(event),
      onEnd: (error) => this.#onEnd(error),
    });
    this.#stream.open();
  }

  #close(): void {
    this.#stream?.close();
    this.#stream = null;
    this.#isTaken = false;
  }

  /** Watchers that come and go together change the subscription once. */
  #onFilterChange(): void {
    queueMicrotask(() => {
      if (!this.#isAsWanted) this.#stream?.renew();
    });
  }

  #ask(): FilterInput {
    const wanted = this.#wanted;
    this.#asked = JSON.stringify(wanted);
    this.#isTaken = false;
    return wanted;
  }

  #onTaken(lastSeq: number): void {
    this.#isTaken = true;
    for (const watcher of [...this.#watchers.keys()]) this.#admit(watcher, lastSeq);
  }

  /** Those who waited have lost nothing: they ask for everything once they are ready. */
  #onGap(): void {
    for (const [{ onGap }, since] of [...this.#watchers])
      if (onGap && since !== WAITING) callSafely(onGap, undefined);
  }

  /** What is newer than `seq` reaches the watcher. */
  #admit(watcher: TopicWatcher<Event>, seq: number): void {
    const since = this.#watchers.get(watcher) ?? seq;
    this.#watchers.set(watcher, Math.min(since, seq));
    if (since !== WAITING) return;
    queueMicrotask(() => this.#watchers.has(watcher) && watcher.onReady?.());
  }

  /** Those whose wishes were asked for the first time leave, so that the others may stay. */
  #onRefused(refusal: ScannerApiError): boolean {
    const waiting = [...this.#watchers].filter(([, since]) => since === WAITING).map(([watcher]) => watcher);
    if (refusal.code !== 'invalid_input' || waiting.length === this.#watchers.size) return false;
    for (const watcher of waiting) this.#watchers.delete(watcher);
    for (const { onEnd } of waiting) if (onEnd) callSafely(onEnd, refusal);
    return waiting.length > 0;
  }

  #tell(event: Event): void {
    for (const watcher of [...this.#watchers.keys()]) {
      const since = this.#watchers.get(watcher) ?? WAITING; // it may have left meanwhile
      if (event.seq > since && isWanted(watcher.filter, event)) callSafely(watcher.onEvent, event);
    }
  }

  #onEnd(error: Error | null): void {
    const watchers = [...this.#watchers.keys()];
    this.#watchers.clear();
    this.#close();
    for (const { onEnd } of watchers) if (onEnd && error) callSafely(onEnd, error);
  }
}
