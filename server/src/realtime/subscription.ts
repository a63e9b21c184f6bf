import type { StoredEvent } from '../store/store.ts';
import type { EventFilter } from './event-filter.ts';
import { type StreamKey, toStreamId } from './stream-key.ts';
import type { RoomMember, StreamRoom } from './stream-room.ts';

/** The client behind a subscription. */
export interface Subscriber {
  send(event: StoredEvent): void;
  /** Joins the Socket.IO room of the stream. */
  join(streamId: string): void;
  dropIfStalled(): void;
  /** The subscription is closed, for whatever reason. */
  forget(subscription: Subscription): void;
}

export interface SubscriptionOptions {
  readonly key: StreamKey;
  readonly afterSeq: number;
  /** `null`: all events. */
  readonly filter: EventFilter | null;
  readonly room: StreamRoom;
  readonly subscriber: Subscriber;
}

/** One client following one stream. */
export class Subscription implements RoomMember {
  readonly key: StreamKey;
  readonly streamId: string;
  readonly room: StreamRoom;
  readonly #filter: EventFilter | null;
  readonly #subscriber: Subscriber;
  #lastSeq: number;
  #isClosed = false;

  constructor({ key, afterSeq, filter, room, subscriber }: SubscriptionOptions) {
    this.key = key;
    this.streamId = toStreamId(key);
    this.room = room;
    this.#filter = filter;
    this.#subscriber = subscriber;
    this.#lastSeq = afterSeq;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  get isFiltered(): boolean {
    return this.#filter !== null;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Goes on after this event, because the log does not have what follows the last one sent. */
  moveTo(lastSeq: number): void {
    this.#lastSeq = lastSeq;
  }

  deliver(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (event.seq <= this.#lastSeq) continue;
      this.#lastSeq = event.seq;
      if (this.#filter === null || this.#filter(event)) this.#subscriber.send(event);
    }
  }

  join(): void {
    this.#subscriber.join(this.streamId);
  }

  dropIfStalled(): void {
    this.#subscriber.dropIfStalled();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.room.remove(this);
    this.#subscriber.forget(this);
  }
}
