import { ScannerError } from '@fast-scanner/shared';
import type { EventPage, StoredEvent, StreamAppend } from '../store.ts';
import type { Connection, SqlValues } from './connection.ts';
import { toStrictJson } from './strict-json.ts';

const UPSERT_STREAM = `INSERT INTO streams (id, first_seq, last_seq, terminal) VALUES (:streamId, 1, :lastSeq, :terminal)
  ON CONFLICT (id) DO UPDATE SET last_seq = excluded.last_seq, terminal = excluded.terminal`;

const END_EMPTY_STREAM = `INSERT INTO streams (id, first_seq, last_seq, terminal) VALUES (:streamId, 1, 0, 1)
  ON CONFLICT (id) DO UPDATE SET first_seq = last_seq + 1, terminal = 1`;

const INSERT = `INSERT INTO events (stream_id, seq, type, at, payload_json)
  VALUES (:streamId, :seq, :type, :at, :payload)`;

const SELECT_PAGE = `SELECT stream_id AS streamId, seq, type, at, payload_json AS payload FROM events
  WHERE stream_id = :streamId AND seq > :afterSeq ORDER BY seq LIMIT :limit`;

interface StreamState {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly terminal: boolean;
}

const UNKNOWN_STREAM: StreamState = { firstSeq: 1, lastSeq: 0, terminal: false };

/** The streams' rows and those of their events. */
export class EventTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Numbers and stores the events, which come back as they will be read. Call it in a transaction. */
  append({ streamId, events, terminal = false }: StreamAppend, at: number): StoredEvent[] {
    if (events.length === 0) {
      if (terminal) throw new TypeError(`stream ${streamId} cannot end without an event`);
      return [];
    }
    const stream = this.#state(streamId) ?? UNKNOWN_STREAM;
    if (stream.terminal) throw new ScannerError('conflict', `stream ${streamId} has ended`);
    const stored = events.map(({ type, payload }, index) => {
      const row = { streamId, seq: stream.lastSeq + index + 1, type, at, payload: toStrictJson(payload) };
      this.#connection.run(INSERT, row);
      return toEvent(row);
    });
    const lastSeq = stream.lastSeq + events.length;
    this.#connection.run(UPSERT_STREAM, { streamId, lastSeq, terminal: Number(terminal) });
    return stored;
  }

  read(streamId: string, afterSeq: number, limit: number): EventPage {
    const rows = this.#connection.all(SELECT_PAGE, { streamId, afterSeq, limit });
    return { ...(this.#state(streamId) ?? UNKNOWN_STREAM), events: rows.map(toEvent) };
  }

  has(streamId: string): boolean {
    return this.#state(streamId) !== null;
  }

  /** Deletes at most `limit` of the events up to `upToSeq`. Answers whether there are more of them. */
  trim(streamId: string, upToSeq: number, limit: number): boolean {
    const { firstSeq, lastSeq } = this.#state(streamId) ?? UNKNOWN_STREAM;
    const target = Math.min(upToSeq, lastSeq);
    if (target < firstSeq) return false;
    const end = Math.min(target, firstSeq - 1 + limit);
    this.#connection.run('DELETE FROM events WHERE stream_id = :streamId AND seq <= :end', { streamId, end });
    this.#connection.run('UPDATE streams SET first_seq = :next WHERE id = :streamId', {
      streamId,
      next: end + 1,
    });
    return end < target;
  }

  /** Deletes all events of a stream, which stays known with its numbering and takes no more. */
  sweep(streamId: string): void {
    this.#connection.run('DELETE FROM events WHERE stream_id = :streamId', { streamId });
    this.#connection.run(END_EMPTY_STREAM, { streamId });
  }

  /** Forgets a stream and what is left of its events. */
  delete(streamId: string): void {
    this.#connection.run('DELETE FROM events WHERE stream_id = :streamId', { streamId });
    this.#connection.run('DELETE FROM streams WHERE id = :streamId', { streamId });
  }

  #state(streamId: string): StreamState | null {
    const select = 'SELECT first_seq, last_seq, terminal FROM streams WHERE id = :streamId';
    const row = this.#connection.get(select, { streamId });
    if (!row) return null;
    return {
      firstSeq: Number(row['first_seq']),
      lastSeq: Number(row['last_seq']),
      terminal: row['terminal'] === 1,
    };
  }
}

function toEvent(row: SqlValues): StoredEvent {
  return { ...row, payload: JSON.parse(String(row['payload'])) } as unknown as StoredEvent; // selected field by field
}
