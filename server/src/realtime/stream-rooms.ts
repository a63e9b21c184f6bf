import type { Dispose } from '@fast-scanner/shared';
import type { EventLog } from '../streams/event-log.ts';
import { StreamRoom, type StreamRoomOptions } from './stream-room.ts';

interface OpenRoom {
  readonly room: StreamRoom;
  readonly dispose: Dispose;
  users: number;
}

/** The rooms in use. A room listens to the log from its first user on, until the last one has left. */
export class StreamRooms {
  readonly #eventLog: EventLog;
  readonly #toOptions: (streamId: string) => StreamRoomOptions;
  readonly #rooms = new Map<string, OpenRoom>();

  constructor(eventLog: EventLog, toOptions: (streamId: string) => StreamRoomOptions) {
    this.#eventLog = eventLog;
    this.#toOptions = toOptions;
  }

  /** Enter before reading the log, so that the room knows what is published while reading. Each `enter` wants a `leave`. */
  enter(streamId: string): StreamRoom {
    const open = this.#rooms.get(streamId) ?? this.#open(streamId);
    open.users += 1;
    return open.room;
  }

  leave(streamId: string): void {
    const open = this.#rooms.get(streamId);
    if (!open) return;
    open.users -= 1;
    if (open.users > 0) return;
    open.dispose();
    this.#rooms.delete(streamId);
  }

  #open(streamId: string): OpenRoom {
    const room = new StreamRoom(this.#toOptions(streamId));
    const dispose = this.#eventLog.subscribe(streamId, (events, terminal) => room.publish(events, terminal));
    const open = { room, dispose, users: 0 };
    this.#rooms.set(streamId, open);
    return open;
  }
}
