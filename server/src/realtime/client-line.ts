import type { Socket } from 'socket.io';

/** The engine.io connection of a client. */
export type Connection = Socket['conn'];

/** What may wait for a client that does not read. */
export const MAX_QUEUED_BYTES = 1_000_000;
/** What a replay puts into the queue ahead of the client's reading. */
const REPLAY_BYTES = 256_000;

/** Why a client is let go, with the WebSocket close code: 1013 try again later, 1008 policy violation. */
export const DROP_CODES = { slow_consumer: 1013, rate_limited: 1008, unavailable: 1013 } as const;
export type DropReason = keyof typeof DROP_CODES;

/** What engine.io keeps to itself; there is no public way to see or shed what waits for a client. */
interface ConnectionInternals {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  /** `socket` is the ws connection of the WebSocket transport. */
  readonly transport: { readonly socket?: { close(code: number, reason: string): void } };
}

/** The way to one client: the packets that wait behind those which are being written, and its end. */
export class ClientLine {
  readonly #connection: Connection;
  readonly #onDrop: (reason: DropReason) => void;
  #measured: ConnectionInternals['writeBuffer'] = [];
  #measuredLength = 0;
  #measuredBytes = 0;

  constructor(connection: Connection, onDrop: (reason: DropReason) => void) {
    this.#connection = connection;
    this.#onDrop = onDrop;
  }

  /** Resolves when nothing waits, or the connection is closed. */
  async drained(): Promise<void> {
    while (this.#waiting.length > 0 && this.#connection.readyState === 'open') await this.#nextFlush();
  }

  /** Whether nothing waits. */
  get isClear(): boolean {
    return this.#waiting.length === 0;
  }

  /** Whether a replay may go on. */
  get hasRoom(): boolean {
    return this.#waiting.length === 0 || this.#queuedBytes() < REPLAY_BYTES;
  }

  dropIfStalled(): void {
    if (this.#waiting.length > 0 && this.#queuedBytes() > MAX_QUEUED_BYTES) this.drop('slow_consumer');
  }

  /** Closes the connection at once and forgets what waits. A WebSocket client that still reads learns the reason. */
  drop(reason: DropReason): void {
    if (this.#connection.readyState !== 'open') return;
    this.#onDrop(reason);
    this.#internals.transport.socket?.close(DROP_CODES[reason], reason);
    this.#connection.close(true);
  }

  get #internals(): ConnectionInternals {
    return this.#connection as unknown as ConnectionInternals; // see there
  }

  get #waiting(): ConnectionInternals['writeBuffer'] {
    return this.#internals.writeBuffer;
  }

  /** The buffer only grows until it is flushed and replaced, so that each packet is looked at once. */
  #queuedBytes(): number {
    const waiting = this.#waiting;
    if (waiting !== this.#measured) {
      this.#measured = waiting;
      this.#measuredLength = 0;
      this.#measuredBytes = 0;
    }
    for (; this.#measuredLength < waiting.length; this.#measuredLength += 1) {
      const data = waiting[this.#measuredLength]?.data;
      this.#measuredBytes += typeof data === 'string' ? data.length : 0;
    }
    return this.#measuredBytes;
  }

  #nextFlush(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#connection.off('drain', done);
        this.#connection.off('close', done);
        resolve();
      };
      this.#connection.on('drain', done);
      this.#connection.on('close', done);
    });
  }
}
