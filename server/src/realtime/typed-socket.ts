import type { ClientToServerEvents, ServerToClientEvents } from '@fast-scanner/shared';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Role } from '../ops/access/access-tokens.ts';
import type { StoredEvent } from '../store/store.ts';

export interface SocketData {
  role: Role;
}

export type RealtimeServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type RealtimeSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;

/** Sends a stored event to a socket or a room, under its own name, with its seq. */
export function emitEvent(target: Pick<RealtimeSocket, 'emit'>, { type, payload, seq }: StoredEvent): void {
  // The streams that may be subscribed carry exactly the events of ServerToClientEvents.
  target.emit(
    type as 'symbolAnalyzed',
    { ...payload, seq } as Parameters<ServerToClientEvents['symbolAnalyzed']>[0],
  );
}
