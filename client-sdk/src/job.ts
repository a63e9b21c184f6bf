import type { CallOptions } from './call-options.ts';
import type { Connection } from './connection.ts';
import { EventStream, type StreamEvent } from './event-stream.ts';
import type { HttpTransport } from './http-transport.ts';
import { ScannerApiError } from './scanner-api-error.ts';
import type { StreamKey } from './stream-key.ts';

/** One event, as its payload with its name as `type`. */
export type EventOf<Payloads> = {
  [Name in keyof Payloads]: { readonly type: Name } & Payloads[Name];
}[keyof Payloads];

/** Which of the server's jobs it is, and how to reach it. */
export interface JobOptions {
  readonly http: HttpTransport;
  readonly connection: Connection;
  readonly key: StreamKey;
  readonly terminals: readonly string[];
  /** Of the job over HTTP. */
  readonly path: string;
  /** Of what came of it, where the job does not say it itself. */
  readonly resultPath?: string;
  /** Where it is cancelled, if not where it is read. */
  readonly cancelPath?: string;
}

/**
 * A job on the server that tells what it does. Listeners and iterators hear every event once, in order, from the first, however late they
 * come. The connection is held only while somebody listens and the job has not ended.
 */
export class Job<Payloads, Snapshot, Cancelled, Result = Snapshot> {
  readonly #http: HttpTransport;
  readonly #path: string;
  readonly #resultPath: string;
  readonly #cancelPath: string;
  readonly #stream: EventStream<StreamEvent>;
  readonly #events: StreamEvent[] = [];
  readonly #observers = new Set<() => void>();
  #hasEnded = false;
  #error: Error | null = null;

  constructor({ http, path, resultPath = path, cancelPath = path, ...stream }: JobOptions) {
    this.#http = http;
    this.#path = path;
    this.#resultPath = resultPath;
    this.#cancelPath = cancelPath;
    this.#stream = new EventStream({
      ...stream,
      onEvent: (event) => {
        this.#events.push(event);
        this.#notify();
      },
      onEnd: (error) => {
        this.#hasEnded = true;
        this.#error = error;
        this.#notify();
      },
    });
  }

  /**
   * Calls `listener` for every event of that name until the returned function is called or the job has ended.
   * A lost connection is resumed without loss; a refusal by the server surfaces in {@link events} and {@link result}.
   * What the listener throws is an uncaught error of the program and harms no other listener.
   */
  on<Name extends keyof Payloads>(name: Name, listener: (payload: Payloads[Name]) => void): () => void {
    let read = 0;
    let isListening = true;
    const deliver = () => {
      while (isListening && read < this.#events.length) {
        const event = this.#events[read];
        read += 1;
        if (event?.type === name) callSafely(listener, event as Payloads[Name]); // the name says which payload it is
      }
      if (this.#hasEnded) stop();
    };
    const leave = this.#observe(deliver);
    const stop = () => {
      isListening = false;
      leave();
    };
    queueMicrotask(deliver);
    return stop;
  }

  /**
   * All events from the first to the terminal one.
   * @throws ScannerApiError when the server refuses the subscription; `gone` when the events have been swept
   * @throws ScannerConnectionError when the client is closed meanwhile
   */
  async *events({ signal }: CallOptions = {}): AsyncGenerator<EventOf<Payloads>, void, undefined> {
    let wake = () => {};
    const onAbort = () => wake();
    signal?.addEventListener('abort', onAbort);
    const leave = this.#observe(() => wake());
    try {
      for (let read = 0; ; ) {
        signal?.throwIfAborted();
        const event = this.#events[read];
        if (event) {
          read += 1;
          yield event as unknown as EventOf<Payloads>; // typed by the server's contract
        } else if (this.#hasEnded) {
          if (this.#error) throw this.#error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      leave();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /**
   * Waits for the terminal event and answers the job with everything it found. Resolves also when the job failed or was cancelled: its
   * status says so.
   * @throws ScannerApiError `gone`, with a summary, when what it found has been swept meanwhile
   * @throws ScannerConnectionError when the client is closed meanwhile
   */
  async result({ signal }: CallOptions = {}): Promise<Result> {
    await this.#ended(signal);
    return this.#http.request(this.#resultPath, { signal });
  }

  /** Waits for the terminal event and answers the job as it then stands, see {@link result}. */
  async wait({ signal }: CallOptions = {}): Promise<Snapshot> {
    await this.#ended(signal);
    return this.snapshot({ signal });
  }

  /** The job as it stands now. */
  snapshot({ signal }: CallOptions = {}): Promise<Snapshot> {
    return this.#http.request(this.#path, { signal });
  }

  /** Ends the job. Harmless when it has ended already. */
  cancel({ signal }: CallOptions = {}): Promise<Cancelled> {
    return this.#http.request(this.#cancelPath, { method: 'DELETE', signal });
  }

  async #ended(signal: CallOptions['signal']): Promise<void> {
    try {
      for await (const _ of this.events({ signal }));
    } catch (error) {
      if (!(error instanceof ScannerApiError && error.code === 'gone')) throw error; // else it has ended, and the server says how
    }
  }

  #observe(observer: () => void): () => void {
    this.#stream.open();
    this.#observers.add(observer);
    return () => {
      this.#observers.delete(observer);
      if (this.#observers.size === 0) this.#stream.close();
    };
  }

  #notify(): void {
    for (const observer of [...this.#observers]) observer();
  }
}

/** What a listener throws becomes an uncaught error of the program. */
export function callSafely<Payload>(listener: (payload: Payload) => void, payload: Payload): void {
  try {
    listener(payload);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
