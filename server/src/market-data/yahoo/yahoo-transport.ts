import { ScannerError } from '@fast-scanner/shared';
import { findYahooFailure } from './yahoo-failure.ts';

export interface YahooTransportOptions {
  /** Where to send requests instead of Yahoo, as `https://gateway.example`; `null` for Yahoo itself. */
  readonly baseUrl: string | null;
  readonly now: () => number;
}

const REQUEST_TIMEOUT_MS = 10_000;
/** Answers larger than this are not read to their end. */
const BODY_CAP_BYTES = 10_000_000;

/**
 * A `fetch` for yahoo-finance2 that knows failures by what Yahoo answered, not by what the library makes of it. One deadline covers
 * connecting, a hang and a slow drip alike. It rejects with `ScannerError` or the reason of the request's signal.
 */
export function createYahooTransport({ baseUrl, now }: YahooTransportOptions) {
  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const answer = await send(redirected(url, baseUrl), { ...init, signal }).catch((cause) => {
      init.signal?.throwIfAborted();
      throw transportFailure(cause, timeout.aborted);
    });
    const failure = findYahooFailure(answer, now());
    if (failure) throw failure;
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}

async function send(url: string, init: RequestInit) {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  return { status: response.status, headers: response.headers, body: await readBody(response) };
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > BODY_CAP_BYTES) {
      throw new ScannerError(
        'exchange_bad_response',
        `Yahoo Finance: sent more than ${BODY_CAP_BYTES / 1e6} MB`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function redirected(url: string, baseUrl: string | null): string {
  if (baseUrl === null) return url;
  const { pathname, search } = new URL(url);
  return new URL(pathname + search, baseUrl).href;
}

function transportFailure(cause: unknown, timedOut: boolean): ScannerError {
  if (cause instanceof ScannerError) return cause;
  if (timedOut) {
    const detail = `Yahoo Finance: no answer within ${REQUEST_TIMEOUT_MS / 1_000} s`;
    return new ScannerError('exchange_timeout', detail, { cause });
  }
  return new ScannerError('exchange_unavailable', 'Yahoo Finance: cannot be reached', { cause });
}
