import { STATUS_CODES } from 'node:http';
import { RefusedAddressError } from './guarded-lookup.ts';
import type { PostAnswer } from './http-poster.ts';

/** How one attempt to deliver fared. */
export interface Attempt {
  /** `failed`: trying again cannot help. */
  readonly outcome: 'delivered' | 'retry' | 'failed';
  /** `null` when nothing answered. */
  readonly statusCode: number | null;
  /** What happened, in words; never what the receiver wrote. */
  readonly detail: string;
  /** What the receiver asked for; `null` when nothing. */
  readonly retryAfterMs: number | null;
}

/** Statuses below 500 after which the same request may succeed. */
const PASSING_STATUSES: readonly number[] = [408, 429];

const NETWORK_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'nothing answers there',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

export function attemptOfAnswer({ statusCode, retryAfter }: PostAnswer, nowMs: number): Attempt {
  const status = `${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trim();
  if (statusCode >= 200 && statusCode < 300) {
    return { outcome: 'delivered', statusCode, detail: `answered ${status}`, retryAfterMs: null };
  }
  if (statusCode >= 300 && statusCode < 400) {
    const detail = `answered ${status}; redirects are not followed, so give the address they lead to`;
    return { outcome: 'failed', statusCode, detail, retryAfterMs: null };
  }
  const isPassing = statusCode >= 500 || PASSING_STATUSES.includes(statusCode);
  return {
    outcome: isPassing ? 'retry' : 'failed',
    statusCode,
    detail: `answered ${status}`,
    retryAfterMs: isPassing ? readRetryAfter(retryAfter, nowMs) : null,
  };
}

export function attemptOfError(error: unknown): Attempt {
  const outcome = error instanceof RefusedAddressError ? 'failed' : 'retry';
  return { outcome, statusCode: null, detail: describeError(error), retryAfterMs: null };
}

/** Seconds, or an HTTP date. */
function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined || header.trim() === '') return null;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs);
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === '') return error.message;
  const meaning = NETWORK_ERRORS[code];
  return meaning === undefined ? `could not be called (${code})` : `${meaning} (${code})`;
}
