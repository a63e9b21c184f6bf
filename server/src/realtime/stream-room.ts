import type { StoredEvent } from '../store/store.ts';

/** One subscription as its room sees it. */
export interface RoomMember {
  /** Newest event the client was sent by `deliver`. */
  readonly lastSeq: number;
  /** Filtered members are served one by one. */
  readonly isFiltered: boolean;
  /** Joins the Socket.IO room: broadcasts reach it from now on. */
  join(): void;
  /** Sends what is newer than `lastSeq` to this member alone. */
  deliver(events: readonly StoredEvent[]): void;
  /** Nothing follows. */
  close(): void;
  /** Disconnects a client that has let too much pile up. */
  dropIfStalled(): void;
}

export interface StreamRoomOptions {
  /** Sends one event to everybody who has joined, encoded once. */
  readonly broadcast: (event: StoredEvent) => void;
  readonly onDelivered: (deliveries: number) => void;
}

/**
 * The live side of one stream. Whoever has caught up with the log is admitted and, between two publications, joins the Socket.IO
 * room. All who have joined have seen exactly the events up to the newest publication; that is why a broadcast reaches each of
 * them once and without a gap. An event that somebody has read from the log already, while its publication was still under way,
 * keeps him out of the room until it has passed.
 */
export class StreamRoom {
  readonly #options: StreamRoomOptions;
  readonly #joined = new Set<RoomMember>();
  /** Caught up, but served one by one: the filtered ones, and those who wait for a publication to join at. */
  readonly #single = new Set<RoomMember>();
  /** Seq of the newest publication; `null` when there was none since the room was made. */
  #position: number | null = null;

  constructor(options: StreamRoomOptions) {
    this.#options = options;
  }

  /** Takes over a member that has reached the end of the log; false when more was published meanwhile. */
  admit(member: RoomMember): boolean {
    if (this.#position !== null && member.lastSeq < this.#position) return false;
    this.#single.add(member);
    if (member.lastSeq === this.#position) this.#join(member);
    return true;
  }

  remove(member: RoomMember): void {
    this.#joined.delete(member);
    this.#single.delete(member);
  }

  /** Events of one commit. They leave in one turn of the event loop, so that a busy connection sends them together. */
  publish(events: readonly StoredEvent[], terminal: boolean): void {
    const firstSeq = events[0]?.seq;
    const lastSeq = events.at(-1)?.seq;
    if (firstSeq === undefined || lastSeq === undefined) return;
    this.#dropStalled();
    for (const member of this.#single) if (member.lastSeq === firstSeq - 1) this.#join(member);
    this.#broadcast(events);
    for (const member of this.#single) member.deliver(events);
    this.#position = lastSeq;
    for (const member of this.#single) if (member.lastSeq === lastSeq) this.#join(member);
    if (terminal) for (const member of [...this.#joined, ...this.#single]) member.close();
  }

  /** What waits from before this publication shows who does not read; the size of what is about to be sent does not. */
  #dropStalled(): void {
    for (const member of this.#joined) member.dropIfStalled();
    for (const member of this.#single) member.dropIfStalled();
  }

  #broadcast(events: readonly StoredEvent[]): void {
    if (this.#joined.size === 0) return;
    for (const event of events) this.#options.broadcast(event);
    this.#options.onDelivered(events.length * this.#joined.size);
  }

  #join(member: RoomMember): void {
    if (member.isFiltered) return;
    this.#single.delete(member);
    this.#joined.add(member);
    member.join();
  }
}
