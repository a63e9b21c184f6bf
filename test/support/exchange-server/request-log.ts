import type { ServerResponse } from 'node:http';

/** One request as the exchange saw it. Times are `performance.now()` milliseconds. */
export interface SeenRequest {
  /** Last part of the path: `klines`, `24hr`, `exchangeInfo`, `time`. */
  readonly path: string;
  /** Unified symbol; `null` for requests about none or many. */
  readonly symbol: string | null;
  readonly query: URLSearchParams;
  readonly startedAt: number;
  /** `null` while it is being answered. */
  readonly endedAt: number | null;
  /** Whether the client closed the connection before the answer was complete. */
  readonly aborted: boolean;
  /** `null` while none was sent. */
  readonly status: number | null;
}

type OpenRequest = { -readonly [Field in keyof SeenRequest]: SeenRequest[Field] };

/** Counts and times requests. */
export class RequestLog {
  #requests: OpenRequest[] = [];
  #inFlight = 0;
  #maxInFlight = 0;

  get requests(): readonly SeenRequest[] {
    return this.#requests;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** The most requests that were ever being answered at once. */
  get maxInFlight(): number {
    return this.#maxInFlight;
  }

  begin(seen: Pick<SeenRequest, 'path' | 'symbol' | 'query'>, response: ServerResponse): void {
    const request: OpenRequest = {
      ...seen,
      startedAt: performance.now(),
      endedAt: null,
      aborted: false,
      status: null,
    };
    this.#requests.push(request);
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    response.once('close', () => {
      this.#inFlight -= 1;
      request.endedAt = performance.now();
      request.aborted = !response.writableFinished;
      request.status = response.headersSent ? response.statusCode : null;
    });
  }

  /** Forgets finished requests and the maximum; those in flight stay counted. */
  reset(): void {
    this.#requests = [];
    this.#maxInFlight = this.#inFlight;
  }
}
