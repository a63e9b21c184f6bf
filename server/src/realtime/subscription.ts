import type { StoredEvent } from '../store/store.ts';
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
  /** Only events of these symbols and those that name none; `null`: all. */
  readonly symbols: ReadonlySet<string> | null;
  readonly room: StreamRoom;
  readonly subscriber: Subscriber;
}

/** One client following one stream. */
export class Subscription implements RoomMember {
  readonly key: StreamKey;
  readonly streamId: string;
  readonly room: StreamRoom;
  readonly #symbols: ReadonlySet<string> | null;
  readonly #subscriber: Subscriber;
  #lastSeq: number;
  #isClosed = false;

  constructor({ key, afterSeq, symbols, room, subscriber }: SubscriptionOptions) {
    this.key = key;
    this.streamId = toStreamId(key);
    this.room = room;
    this.#symbols = symbols;
    this.#subscriber = subscriber;
    this.#lastSeq = afterSeq;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  get isFiltered(): boolean {
    return this.#symbols !== null;
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
      if (this.#wants(event)) this.#subscriber.send(event);
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

  #wants({ payload }: StoredEvent): boolean {
    const { symbol } = payload as { readonly symbol?: string }; // the one name under which events carry their symbol
    return this.#symbols === null || symbol === undefined || this.#symbols.has(symbol);
  }
}
