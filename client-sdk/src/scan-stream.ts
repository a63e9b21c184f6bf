import type { ErrorCode, ScanEvent } from '@fast-scanner/shared';
import { backoffMs } from './backoff.ts';
import type { Connection, ConnectionUser } from './connection.ts';
import { ScannerApiError } from './scanner-api-error.ts';

/** Called after each change of the stream; reads its events from where it stood. */
export type StreamObserver = () => void;

/** The server asks to come again later. */
const PASSING_REFUSALS: readonly ErrorCode[] = ['unavailable', 'too_many_requests'];

/**
 * A local copy of one scan's stream: every event once and in order, whatever the connection does. It holds the connection
 * only while somebody observes it and the stream has not ended.
 */
export class ScanStream implements ConnectionUser {
  readonly scanId: string;
  readonly #connection: Connection;
  readonly #observers = new Set<StreamObserver>();
  readonly #events: ScanEvent[] = [];
  #lastSeq = 0;
  #ended = false;
  #error: Error | null = null;
  #joined = false;
  /** Counts subscribe calls, so that a late answer of an old one is ignored. */
  #subscription = 0;
  /** A subscribe call is under way, which mends the holes of what comes before its answer. */
  #isAsking = false;
  /** Something was missing when that call was under way: nobody knows whether it came before the answer or after. */
  #hasHole = false;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(scanId: string, connection: Connection) {
    this.scanId = scanId;
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

  /** Calls `observer` after each change until the returned function is called. */
  observe(observer: StreamObserver): () => void {
    if (!this.#joined && !this.#ended) {
      this.#joined = true;
      this.#connection.join(this);
    }
    this.#observers.add(observer);
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
    if (event.scanId !== this.scanId || this.#ended) return;
    if (name === 'reset') this.#lastSeq = (event.firstSeq ?? 1) - 1;
    else if (event.seq === this.#lastSeq + 1) this.#append(event);
    else if (event.seq > this.#lastSeq + 1) this.#mend();
  }

  #append(event: ScanEvent): void {
    this.#lastSeq = event.seq;
    this.#events.push(event);
    this.#ended = event.type === 'deepAnalysisComplete';
    if (this.#ended) this.#leave();
    this.#notify();
  }

  /** Asks for what follows the last event we have: once, not for each event after a hole. */
  #mend(): void {
    this.#hasHole = true;
    if (!this.#isAsking) void this.#subscribe(0);
  }

  async #subscribe(attempt: number): Promise<void> {
    clearTimeout(this.#retryTimer);
    this.#subscription += 1;
    const mine = this.#subscription;
    this.#isAsking = true;
    this.#hasHole = false;
    try {
      await this.#connection.subscribe({ scanId: this.scanId, afterSeq: this.#lastSeq });
      if (mine !== this.#subscription) return;
      this.#isAsking = false;
      if (this.#hasHole) this.#mend();
    } catch (error) {
      if (mine === this.#subscription) this.#onRefusal(error, attempt);
    }
  }

  /** Asks again later, unless the server means it. On a lost connection {@link onOpen} comes first. */
  #onRefusal(error: unknown, attempt: number): void {
    const refusal = error instanceof ScannerApiError ? error : null;
    if (refusal && !PASSING_REFUSALS.includes(refusal.code)) {
      this.#fail(refusal);
      return;
    }
    this.#retryTimer = setTimeout(() => {
      if (this.#connection.state === 'open') void this.#subscribe(attempt + 1);
    }, refusal?.retryAfterMs ?? backoffMs(attempt));
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
    clearTimeout(this.#retryTimer);
    this.#connection.leave(this);
  }

  #notify(): void {
    for (const observer of [...this.#observers]) observer();
  }
}
