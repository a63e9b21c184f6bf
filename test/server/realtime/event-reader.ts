import type {
  Ack,
  ClientToServerEvents,
  ServerToClientEvents,
  SubscribeInput,
  Subscription,
} from '@fast-scanner/shared';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

export type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

export interface ReceivedEvent {
  readonly name: string;
  readonly payload: { readonly seq: number; readonly scanId?: string; readonly symbol?: string };
}

/** A real client that keeps all it is sent. */
export class EventReader {
  readonly socket: ClientSocket;
  readonly events: ReceivedEvent[] = [];

  constructor(url: string, options: Partial<ManagerOptions & SocketOptions> = {}) {
    this.socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
    this.socket.onAny((name, payload) => this.events.push({ name, payload }));
  }

  static async connect(
    url: string,
    options: Partial<ManagerOptions & SocketOptions> = {},
  ): Promise<EventReader> {
    const reader = new EventReader(url, options);
    await reader.connected();
    return reader;
  }

  connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.once('connect', resolve);
      this.socket.once('connect_error', reject);
    });
  }

  subscribe(request: SubscribeInput): Promise<Ack<Subscription>> {
    return this.socket.emitWithAck('subscribe', request);
  }

  get seqs(): number[] {
    return this.events.map(({ payload }) => payload.seq);
  }

  close(): void {
    this.socket.disconnect();
  }
}
