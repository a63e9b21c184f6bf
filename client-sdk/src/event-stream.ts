import type { ErrorCode, Subscription } from '@fast-scanner/shared';
import { backoffMs } from './backoff.ts';
import type { Connection, ConnectionUser } from './connection.ts';
import { ScannerApiError } from './scanner-api-error.ts';
import { isOfStream, type StreamKey, type StreamPayload } from './stream-key.ts';
import type { FilterInput } from './topic-filter.ts';

/** What all numbered events have in common. */
export interface StreamEvent {
  readonly type: string;
  readonly seq: number;
}

/** Says which events of a topic are asked for. */
export interface StreamFilter {
  /** Asked at each subscription. */
  readonly request: () => FilterInput;
  /** The server has agreed: what is newer than `lastSeq` follows. */
  readonly onTaken: (lastSeq: number) => void;
  /** Events that were not heard yet are not kept any more. */
  readonly onGap: () => void;
  /** The server refuses for good. Answers whether to ask for something else instead of ending. */
  readonly onRefused: (refusal: ScannerApiError) => boolean;
}

export interface EventStreamOptions<Event extends StreamEvent> {
  readonly connection: Connection;
  readonly key: StreamKey;
  /** The events nothing follows. A topic has none. */
  readonly terminals?: readonly Event['type'][];
  /** Without it all events are asked for. */
  readonly filter?: StreamFilter;
  readonly onEvent: (event: Event) => void;
  /** After the terminal event, or with the reason why it will never come. */
  readonly onEnd: (error: Error | null) => void;
}

/** The server asks to come again later. */
const PASSING_REFUSALS: readonly ErrorCode[] = ['unavailable', 'too_many_requests'];

/**
 * Follows one stream of the server while it is open: every event once and in order, whatever the connection does. A job is heard
 * from its first event, a topic from the moment it was opened.
 */
export class EventStream<Event extends StreamEvent> implements ConnectionUser {
  readonly key: StreamKey;
  readonly #options: EventStreamOptions<Event>;
  readonly #isTopic: boolean;
  /** Infinite until a topic has said where it stands. */
  #lastSeq: number;
  #hasEnded = false;
  #isOpen = false;
  /** Counts subscribe calls, so that a late answer of an old one is ignored. */
  #subscription = 0;
  /** A subscribe call is under way: what was missing before its answer follows it. */
  #isAsking = false;
  /** The seq that ends what was missed while the connection was lost; `null` when the server has not been asked yet. */
  #caughtUpAt: number | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: EventStreamOptions<Event>) {
    this.#options = options;
    this.key = options.key;
    this.#isTopic = 'topic' in options.key;
    this.#lastSeq = this.#isTopic ? Number.POSITIVE_INFINITY : 0;
  }

  /** Holds the connection until {@link close} or the end; goes on after the last event when it was open before. */
  open(): void {
    if (this.#isOpen || this.#hasEnded) return;
    this.#isOpen = true;
    this.#options.connection.join(this);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#subscription += 1;
    clearTimeout(this.#retryTimer);
    this.#options.connection.leave(this);
  }

  /** Asks anew, because the filter has changed. */
  renew(): void {
    if (this.#isOpen && this.#options.connection.isOpen) void this.#subscribe(0);
  }

  onOpen(): void {
    if (this.#caughtUpAt !== null) this.#fallBehind();
    void this.#subscribe(0);
  }

  onGone(error: Error): void {
    this.#end(error);
  }

  onEvent(name: string, payload: unknown): void {
    const fields = payload as StreamPayload & { seq: number; firstSeq?: number }; // by the server's contract
    if (this.#hasEnded || !isOfStream(this.key, name, fields)) return;
    const next = this.#lastSeq + 1;
    if (name === 'reset') {
      if ((fields.firstSeq ?? 0) > next) this.#mend();
    } else if (fields.seq === next || (this.#isTopic && fields.seq > next)) {
      this.#take({ type: name, ...fields } as unknown as Event); // likewise
    } else if (fields.seq > next) this.#mend();
  }

  /** A topic may hold events this client does not know, so that it may skip numbers. */
  #take(event: Event): void {
    this.#lastSeq = event.seq;
    this.#settle();
    const isLast = this.#options.terminals?.includes(event.type) ?? false;
    if (isLast) {
      this.#hasEnded = true;
      this.close();
    }
    this.#options.onEvent(event);
    if (isLast) this.#options.onEnd(null);
  }

  /** Asks for what follows the last event we have: once, not for each event after a hole. */
  #mend(): void {
    if (!this.#isAsking) void this.#subscribe(0);
  }

  async #subscribe(attempt: number): Promise<void> {
    clearTimeout(this.#retryTimer);
    this.#subscription += 1;
    const mine = this.#subscription;
    const afterSeq = Number.isFinite(this.#lastSeq) ? this.#lastSeq : 0;
    this.#isAsking = true;
    const request = { ...this.key, ...this.#options.filter?.request(), afterSeq };
    try {
      await this.#options.connection.subscribe(request, (answer) => {
        if (mine === this.#subscription) this.#onAnswer(answer, afterSeq);
      });
    } catch (error) {
      if (mine === this.#subscription) this.#onRefusal(error, attempt);
    }
  }

  #onAnswer({ firstSeq, lastSeq, terminal, snapshot }: Subscription, afterSeq: number): void {
    this.#isAsking = false;
    const isLost = afterSeq > lastSeq; // the server has lost what it had told: what it has now follows
    const isTrimmed = Number.isFinite(this.#lastSeq) && firstSeq - 1 > this.#lastSeq;
    if (isLost || isTrimmed) this.#options.filter?.onGap();
    this.#options.filter?.onTaken(isLost ? firstSeq - 1 : lastSeq);
    if (this.#lastSeq === Number.POSITIVE_INFINITY) {
      this.#lastSeq = lastSeq;
      this.#mend(); // instead of hearing the past of the topic
    } else if (isLost) this.#lastSeq = firstSeq - 1;
    else this.#lastSeq = Math.max(this.#lastSeq, firstSeq - 1); // the log was trimmed: what is left follows
    this.#caughtUpAt = this.#isTopic ? 0 : lastSeq; // of a topic nobody says which events are left out
    this.#settle();
    if (terminal && this.#lastSeq >= lastSeq) this.#end(trimmedError(this.key, snapshot));
  }

  #fallBehind(): void {
    this.#caughtUpAt = Number.POSITIVE_INFINITY; // until the server says how much there is
    this.#options.connection.setBehind(this, true);
  }

  #settle(): void {
    if (this.#lastSeq >= (this.#caughtUpAt ?? 0)) this.#options.connection.setBehind(this, false);
  }

  /** Asks again later, unless the server means it. On a lost connection {@link onOpen} comes first. */
  #onRefusal(error: unknown, attempt: number): void {
    const refusal = error instanceof ScannerApiError ? error : null;
    if (refusal && !PASSING_REFUSALS.includes(refusal.code)) {
      if (this.#options.filter?.onRefused(refusal)) this.renew();
      else this.#end(refusal);
      return;
    }
    this.#retryTimer = setTimeout(() => {
      if (this.#options.connection.isOpen) void this.#subscribe(attempt + 1);
    }, refusal?.retryAfterMs ?? backoffMs(attempt));
  }

  #end(error: Error): void {
    this.#hasEnded = true;
    this.close();
    this.#options.onEnd(error);
  }
}

/** The stream has ended, but its terminal event is no longer kept. */
function trimmedError(key: StreamKey, summary: Subscription['snapshot']): ScannerApiError {
  const [id] = Object.values(key);
  const detail = `${id} has ended and its events have been swept`;
  return new ScannerApiError({
    code: 'gone',
    title: 'The record or its events have been trimmed',
    detail,
    error: detail,
    requestId: '',
    success: false,
    ...(summary && { summary }),
  });
}
