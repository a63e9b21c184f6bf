import type {
  CancelScanResponse,
  QuickScanResponse,
  ScanEvent,
  ScanEventName,
  ScanEvents,
  ScanResponse,
} from '@fast-scanner/shared';
import type { Connection } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import { ScanStream } from './scan-stream.ts';

export interface CallOptions {
  /** Stops the waiting. The scan itself goes on; `cancel()` ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** A scan on the server. Listeners and iterators hear every event once, in order, from the first, however late they come. */
export class Scan {
  readonly scanId: string;
  /** The answer of phase 1; `null` on a handle made from an id. */
  readonly quickScan: QuickScanResponse | null;
  readonly #http: HttpTransport;
  readonly #stream: ScanStream;

  constructor(
    scanId: string,
    quickScan: QuickScanResponse | null,
    http: HttpTransport,
    connection: Connection,
  ) {
    this.scanId = scanId;
    this.quickScan = quickScan;
    this.#http = http;
    this.#stream = new ScanStream(scanId, connection);
  }

  /** The signals of phase 1, in the order they were asked for; empty on a handle made from an id. */
  get signals(): QuickScanResponse['signals'] {
    return this.quickScan?.signals ?? [];
  }

  /**
   * Calls `listener` for every event of that name until the returned function is called or the scan has ended.
   * A lost connection is resumed without loss; a refusal by the server surfaces in {@link events} and {@link result}.
   * What the listener throws is an uncaught error of the program and harms no other listener.
   */
  on<Name extends ScanEventName>(name: Name, listener: (payload: ScanEvents[Name]) => void): () => void {
    let read = 0;
    let isListening = true;
    const deliver = () => {
      const { events } = this.#stream;
      while (isListening && read < events.length) {
        const event = events[read];
        read += 1;
        if (event?.type === name) call(listener, event as unknown as ScanEvents[Name]); // the name says which payload it is
      }
      if (this.#stream.ended) stop();
    };
    const leave = this.#stream.observe(deliver);
    const stop = () => {
      isListening = false;
      leave();
    };
    queueMicrotask(deliver);
    return stop;
  }

  /**
   * All events from the first to the terminal one.
   * @throws ScannerApiError when the server refuses the subscription
   * @throws ScannerConnectionError when the client is closed meanwhile
   */
  async *events({ signal }: CallOptions = {}): AsyncGenerator<ScanEvent, void, undefined> {
    let wake = () => {};
    const onAbort = () => wake();
    signal?.addEventListener('abort', onAbort);
    const dispose = this.#stream.observe(() => wake());
    try {
      for (let read = 0; ; ) {
        signal?.throwIfAborted();
        const event = this.#stream.events[read];
        if (event) {
          read += 1;
          yield event;
        } else if (this.#stream.ended) {
          if (this.#stream.error) throw this.#stream.error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      dispose();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Waits for the terminal event and answers the scan with every signal, deep analysis and failure. */
  async result({ signal }: CallOptions = {}): Promise<ScanResponse> {
    for await (const _ of this.events({ signal }));
    return this.snapshot({ signal });
  }

  /** The scan as it stands now. */
  snapshot({ signal }: CallOptions = {}): Promise<ScanResponse> {
    return this.#http.request(this.#path, { signal });
  }

  /** Ends the scan. Harmless when it has ended already. */
  cancel({ signal }: CallOptions = {}): Promise<CancelScanResponse> {
    return this.#http.request(this.#path, { method: 'DELETE', signal });
  }

  get #path(): string {
    return `/api/scanner/scans/${encodeURIComponent(this.scanId)}`;
  }
}

function call<Payload>(listener: (payload: Payload) => void, payload: Payload): void {
  try {
    listener(payload);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
