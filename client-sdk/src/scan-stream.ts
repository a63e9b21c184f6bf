import type { ScanEvent } from '@fast-scanner/shared';
import { backoffMs } from './backoff.ts';
import type { Connection, ConnectionUser } from './connection.ts';
import { ScannerApiError } from './scanner-api-error.ts';

/** Reads a stream's log from an index on; called after each change. */
export type StreamObserver = () => void;

/**
 * A local copy of one scan's stream: every event once and in order, whatever the connection does. It holds the connection
 * only while somebody observes it and the stream has not ended.
 */
export class ScanStream implements ConnectionUser {
  readonly #scanId: string;
  readonly #connection: Connection;
  readonly #observers = new Set<StreamObserver>();
  readonly #events: ScanEvent[] = [];
  #lastSeq = 0;
  #ended = false;
  #error: Error | null = null;
  #joined = false;
  /** Counts subscribe calls, so that a late answer of an old one is ignored. */
  #subscription = 0;

  constructor(scanId: string, connection: Connection) {
    this.#scanId = scanId;
    this.#connection = connection;
  }

  get events(): readonly ScanEvent[] {
    return this.#events;
  }

  /** Whether the terminal event is among {@link events}, or there will never be one ({@link error}). */
  get ended(): boolean {
    return this.#ended;
  }

  get error(): Error | null {
    return this.#error;
  }

  observe(observer: StreamObserver): () => void {
    this.#observers.add(observer);
    if (!this.#joined && !this.#ended) {
      this.#joined = true;
      this.#connection.join(this);
    }
    return () => {
      this.#observers.delete(observer);
      if (this.#observers.size === 0) this.#leave();
    };
  }

  onOpen(): void {
    void this.#subscribe(0);
  }

  onGone(error: Error): void {
    this.#fail(error);
  }

  onEvent(name: string, payload: unknown): void {
    const event = { type: name, ...(payload as object) } as ScanEvent & {
      scanId?: string;
      firstSeq?: number;
    }; // typed by the server's contract
    if (event.scanId !== this.#scanId || this.#ended) return;
    if (name === 'reset') this.#lastSeq = (event.firstSeq ?? 1) - 1;
    else if (event.seq === this.#lastSeq + 1) this.#append(event);
    else if (event.seq > this.#lastSeq + 1) void this.#subscribe(0); // a hole: ask again from the last event we have
  }

  #append(event: ScanEvent): void {
    this.#lastSeq = event.seq;
    this.#events.push(event);
    this.#ended = event.type === 'deepAnalysisComplete';
    if (this.#ended) this.#leave();
    this.#notify();
  }

  async #subscribe(attempt: number): Promise<void> {
    this.#subscription += 1;
    const mine = this.#subscription;
    try {
      await this.#connection.subscribe({ scanId: this.#scanId, afterSeq: this.#lastSeq });
    } catch (error) {
      if (mine !== this.#subscription || !this.#joined || !(error instanceof ScannerApiError)) return;
      const passing = error.code === 'unavailable' || error.code === 'too_many_requests';
      if (!passing) return this.#fail(error);
      const delayMs = error.retryAfterMs ?? backoffMs(attempt);
      setTimeout(
        () => mine === this.#subscription && this.#joined && void this.#subscribe(attempt + 1),
        delayMs,
      );
    }
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#ended = true;
    this.#leave();
    this.#notify();
  }

  #leave(): void {
    if (!this.#joined) return;
    this.#joined = false;
    this.#subscription += 1;
    this.#connection.unsubscribe({ scanId: this.#scanId });
    this.#connection.leave(this);
  }

  #notify(): void {
    for (const observer of [...this.#observers]) observer();
  }
}
