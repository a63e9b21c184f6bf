import type { Problem } from '@fast-scanner/shared';
import { backoffMs, wait } from './backoff.ts';
import { ScannerApiError } from './scanner-api-error.ts';
import { ScannerConnectionError } from './scanner-connection-error.ts';

export type TokenSource = string | (() => string | Promise<string>);

export interface HttpTransportOptions {
  readonly url: string;
  readonly token?: TokenSource;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /** Makes a repeated POST harmless, so that it is retried like the other methods. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
}

interface HttpAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly status: number;
}

/** Tries beyond the first when the server is unreachable or draining, also behind a gateway: long enough for a restart. */
const RETRIES = 6;

/** JSON, or text, over HTTP with typed errors. */
export class HttpTransport {
  readonly #base: string;
  readonly #token: TokenSource | undefined;

  constructor({ url, token }: HttpTransportOptions) {
    this.#base = url.replace(/\/+$/, '');
    this.#token = token;
  }

  /**
   * Retries while the server is unreachable or draining, if the request may be repeated.
   * @throws ScannerApiError the server's refusal
   * @throws ScannerConnectionError when nothing useful answers
   * @throws the signal's reason as soon as it aborts; what the token's function throws
   */
  async request<Answer>(path: string, request: HttpRequest = {}): Promise<Answer> {
    return this.#parse(await this.#ask(path, request)) as Answer; // the server's contract; both sides share its types
  }

  /** The same for an answer that is a document of its own, such as CSV. */
  async text(path: string, request: HttpRequest = {}): Promise<string> {
    return toText(await this.#ask(path, request));
  }

  /** The same for an answer that is a file. */
  async bytes(path: string, request: HttpRequest = {}): Promise<HttpAnswer['bytes']> {
    return (await this.#ask(path, request)).bytes;
  }

  async #ask(path: string, request: HttpRequest): Promise<HttpAnswer> {
    const repeatable = request.method !== 'POST' || request.idempotencyKey !== undefined;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#send(path, request);
      } catch (error) {
        if (!repeatable || attempt >= RETRIES || !isPassing(error)) throw error;
        await wait(error.retryAfterMs ?? backoffMs(attempt), request.signal);
      }
    }
  }

  async #send(path: string, request: HttpRequest): Promise<HttpAnswer> {
    const { method = 'GET', body, signal } = request;
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: await this.#headers(request),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }).catch((error) => {
      signal?.throwIfAborted();
      throw new ScannerConnectionError(`cannot reach ${this.#base}`, error);
    });
    const content = await response.arrayBuffer().catch((error) => {
      signal?.throwIfAborted();
      throw new ScannerConnectionError(`${this.#base} broke off its answer`, error);
    });
    const { ok, status } = response;
    const answer = { bytes: new Uint8Array(content), status };
    if (!ok) throw new ScannerApiError(toProblem(this.#parse(answer), status));
    return answer;
  }

  #parse(answer: HttpAnswer): unknown {
    const { status } = answer;
    try {
      return JSON.parse(toText(answer));
    } catch (error) {
      throw new ScannerConnectionError(`${this.#base} answered ${status} without JSON`, error, status);
    }
  }

  async #headers({ body, idempotencyKey }: HttpRequest): Promise<Record<string, string>> {
    const token = await resolveToken(this.#token);
    return {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
  }
}

function toText({ bytes }: HttpAnswer): string {
  return new TextDecoder().decode(bytes);
}

/** The token's text now; functions are asked each time, so that tokens may expire. */
export async function resolveToken(token: TokenSource | undefined): Promise<string | undefined> {
  return typeof token === 'function' ? token() : token;
}

/** No answer, a draining server, or a gateway that does not reach it. */
function isPassing(error: unknown): error is { readonly retryAfterMs?: number | null } {
  if (error instanceof ScannerApiError) return error.status === 503;
  return error instanceof ScannerConnectionError && (error.status === null || error.status >= 502);
}

function toProblem(answer: unknown, status: number): Problem {
  if (typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer) {
    return answer as Problem; // every error of the server has this form
  }
  throw new ScannerConnectionError(`the server answered ${status} with an unknown error`, answer, status);
}
