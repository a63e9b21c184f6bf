import type {
  ClientToServerEvents,
  ServerToClientEvents,
  SubscribeInput,
  Subscription,
} from '@fast-scanner/shared';
import { io, type Socket } from 'socket.io-client';
import { backoffMs } from './backoff.ts';
import { resolveToken, type TokenSource } from './http-transport.ts';
import { ScannerApiError } from './scanner-api-error.ts';
import { ScannerConnectionError } from './scanner-connection-error.ts';
import { isSameStream, type StreamKey } from './stream-key.ts';

export const CONNECTION_STATES = ['idle', 'connecting', 'open', 'replaying', 'offline', 'closed'] as const;
/**
 * How the live connection is, whatever the jobs do. `idle`: nothing to listen to, so none is held. `offline`: lost, coming back by itself,
 * for ever. `replaying`: back, and what was missed meanwhile is on its way. `closed`: the client was closed.
 */
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export type ScannerSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Somebody who follows a stream over the connection. */
export interface ConnectionUser {
  /** Several users may follow the same stream; `null` for who follows prices. */
  readonly key: StreamKey | null;
  /** The connection is (again) open. */
  onOpen(): void;
  onEvent(name: string, payload: unknown): void;
  /** The server refuses this client for good, its token cannot be had, or the client is closed. The user has left. */
  onGone(error: Error): void;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly token?: TokenSource;
}

const ACK_TIMEOUT_MS = 15_000;

/** The one socket of a client: opened for its first user, closed after its last, reconnected for ever in between. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #users = new Set<ConnectionUser>();
  /** Those whom the server still owes what they missed. */
  readonly #behind = new Set<ConnectionUser>();
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  #socket: ScannerSocket | null = null;
  #state: ConnectionState = 'idle';
  #reopenTimer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get isOpen(): boolean {
    return this.#state === 'open' || this.#state === 'replaying';
  }

  /** Calls `listener` on every change of state until the returned function is called. */
  onStateChange(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the subscription to an exchange's prices. */
  unsubscribePrices(exchange: string): void {
    if (this.#socket?.connected)
      this.#socket.emit('unsubscribe', { topic: 'prices', exchange }, () => undefined);
  }

  /** Calls `user.onGone` at once when the client is closed. */
  join(user: ConnectionUser): void {
    if (this.#state === 'closed') {
      user.onGone(closedError());
      return;
    }
    this.#users.add(user);
    this.#socket ??= this.#open();
    if (this.isOpen) user.onOpen();
  }

  /** The user has come back and still misses something, or does not any more. */
  setBehind(user: ConnectionUser, isBehind: boolean): void {
    if (isBehind) this.#behind.add(user);
    else this.#behind.delete(user);
    if (this.isOpen) this.#showOpen();
  }

  /** Ends the subscription of the user's stream unless somebody else follows it, too. */
  leave(user: ConnectionUser): void {
    const { key } = user;
    if (!this.#users.delete(user)) return;
    this.setBehind(user, false);
    if (this.#users.size === 0) this.#drop('idle');
    else if (
      key !== null &&
      this.#socket?.connected &&
      ![...this.#users].some((other) => other.key !== null && isSameStream(other.key, key))
    )
      this.#socket.emit('unsubscribe', key, () => undefined);
  }

  close(): void {
    this.#dismiss(closedError(), 'closed');
  }

  /**
   * Asks for a stream's events after a seq; they reach every user of that stream. `onAnswer` is called before the first of them.
   * @throws ScannerApiError the server's refusal; any other error means that no answer came, most likely because the connection
   * was lost
   */
  subscribe(request: SubscribeInput, onAnswer?: (answer: Subscription) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = this.#socket;
      if (!socket) throw new Error('not connected');
      socket.timeout(ACK_TIMEOUT_MS).emit('subscribe', request, (error, ack) => {
        if (error) return reject(error);
        if (!ack.ok) return reject(new ScannerApiError(ack.error));
        onAnswer?.(ack.data);
        resolve();
      });
    });
  }

  #open(): ScannerSocket {
    this.#change('connecting');
    const socket: ScannerSocket = io(this.#options.url, {
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      randomizationFactor: 0.5,
      forceNew: true,
      auth: (send) => {
        resolveToken(this.#options.token).then(
          (token) => send(token === undefined ? {} : { token }),
          (error) => {
            if (socket !== this.#socket) return;
            this.#dismiss(new ScannerConnectionError('the token could not be had', error), 'idle');
          },
        );
      },
    });
    socket.on('connect', () => {
      this.#attempt = 0;
      for (const user of [...this.#users]) user.onOpen();
      this.#showOpen();
    });
    socket.on('disconnect', () => {
      this.#behind.clear();
      this.#change('offline');
      this.#reopen(socket);
    });
    socket.on('connect_error', (error) => this.#onConnectError(socket, error));
    socket.onAny((name: string, payload: unknown) => {
      for (const user of [...this.#users]) user.onEvent(name, payload);
    });
    return socket;
  }

  #onConnectError(socket: ScannerSocket, error: Error & { data?: unknown }): void {
    this.#change('offline');
    const refusal = toRefusal(error.data);
    if (refusal) this.#dismiss(refusal, 'idle');
    else this.#reopen(socket);
  }

  #dismiss(error: Error, state: 'idle' | 'closed'): void {
    const users = [...this.#users];
    this.#users.clear();
    this.#drop(state);
    for (const user of users) user.onGone(error);
  }

  /** socket.io does not come back by itself after the server ended the connection. */
  #reopen(socket: ScannerSocket): void {
    if (socket.active || socket !== this.#socket) return;
    clearTimeout(this.#reopenTimer);
    this.#reopenTimer = setTimeout(() => socket.connect(), backoffMs(this.#attempt));
    this.#attempt += 1;
  }

  #drop(state: 'idle' | 'closed'): void {
    clearTimeout(this.#reopenTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.removeAllListeners();
    socket?.offAny();
    socket?.disconnect();
    this.#change(state);
  }

  #showOpen(): void {
    if (this.#socket?.connected) this.#change(this.#behind.size > 0 ? 'replaying' : 'open');
  }

  #change(state: ConnectionState): void {
    if (state === this.#state || this.#state === 'closed') return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

function closedError(): ScannerConnectionError {
  return new ScannerConnectionError('the client is closed');
}

/** A refusal that trying again cannot mend: wrong token, host or origin. */
function toRefusal(data: unknown): ScannerApiError | null {
  if (typeof data !== 'object' || data === null || !('code' in data)) return null;
  const problem = data as ScannerApiError['problem']; // the server's middleware sends its problem object
  const permanent = ['unauthorized', 'forbidden_host', 'forbidden_origin', 'forbidden_role'];
  return permanent.includes(problem.code) ? new ScannerApiError(problem) : null;
}
