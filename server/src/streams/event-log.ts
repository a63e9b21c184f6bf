import type { Dispose } from '@fast-scanner/shared';
import type { EventPage, StoredEvent, WriteBatch } from '../store/store.ts';

/** Events of one commit, in order; each stream's listener is called once per commit. `terminal`: nothing follows. */
export type StreamListener = (events: readonly StoredEvent[], terminal: boolean) => void;

/**
 * The numbered facts of every stream. An event is on disk with its seq before a listener hears of it.
 */
export interface EventLog {
  /** Writes the batch atomically, then publishes its events in seq order. Answers them numbered. */
  commit(batch: WriteBatch): Promise<readonly StoredEvent[]>;
  read(streamId: string, afterSeq: number, limit?: number): Promise<EventPage>;
  has(streamId: string): Promise<boolean>;
  /** Live events only, from the next commit on; combine with `read` by seq, or use `follow`. */
  subscribe(streamId: string, listener: StreamListener): Dispose;
  /**
   * Replays everything after `afterSeq`, then goes live: every event once and in order, ending after the terminal one
   * or when `signal` aborts. Throws `ScannerError` `gone` when the log was trimmed past `afterSeq + 1`.
   * Yields batches. A slow reader is never buffered in memory: it re-reads from the store.
   */
  follow(streamId: string, afterSeq: number, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]>;
}
