export interface ErrorCodeEntry {
  /** HTTP status the code is answered with. */
  readonly status: number;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean;
  /** What happened and what to do, in one sentence. */
  readonly title: string;
}

/** Every error code the product answers with, in one place: HTTP problems, Socket.IO acks and per-symbol failures share it. */
export const ERROR_CODES = {
  invalid_input: { status: 400, retryable: false, title: 'The request has a wrong or unknown field' },
  unauthorized: { status: 401, retryable: false, title: 'A valid token is required' },
  forbidden_host: { status: 403, retryable: false, title: 'This Host is not on the allow-list' },
  forbidden_origin: { status: 403, retryable: false, title: 'This Origin is not on the allow-list' },
  forbidden_role: { status: 403, retryable: false, title: 'The token may read but not change anything' },
  not_found: { status: 404, retryable: false, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, retryable: false, title: 'This address does not know that method' },
  conflict: { status: 409, retryable: false, title: 'The resource is in a state that does not allow this' },
  idempotency_mismatch: {
    status: 409,
    retryable: false,
    title: 'This Idempotency-Key was used with another request',
  },
  gone: { status: 410, retryable: false, title: 'The record or its events have been trimmed' },
  payload_too_large: { status: 413, retryable: false, title: 'The request body is too large' },
  unsupported_media_type: { status: 415, retryable: false, title: 'Bodies must be application/json' },
  too_many_requests: { status: 429, retryable: true, title: 'Too many requests; wait for Retry-After' },
  too_many_jobs: { status: 429, retryable: true, title: 'Too many jobs are running or queued' },
  internal: { status: 500, retryable: false, title: 'Something broke on our side; quote the request id' },
  unavailable: { status: 503, retryable: true, title: 'The server is shutting down or its store is down' },
  disk_full: { status: 507, retryable: true, title: 'The disk is full; free some space' },
  rate_limited: { status: 502, retryable: true, title: 'The exchange limits our requests' },
  exchange_banned: {
    status: 502,
    retryable: true,
    title: 'The exchange has banned this address for a while',
  },
  exchange_timeout: { status: 502, retryable: true, title: 'The exchange did not answer in time' },
  exchange_unavailable: {
    status: 502,
    retryable: true,
    title: 'The exchange cannot be reached or is failing',
  },
  exchange_maintenance: { status: 502, retryable: true, title: 'The exchange is under maintenance' },
  exchange_denied: {
    status: 502,
    retryable: false,
    title: 'The exchange refuses to serve this address or key',
  },
  exchange_bad_response: { status: 502, retryable: true, title: 'The exchange sent something unreadable' },
  exchange_unknown: { status: 400, retryable: false, title: 'This exchange is not on the allow-list' },
  symbol_unknown: { status: 404, retryable: false, title: 'The exchange does not list this symbol' },
  delisted: { status: 404, retryable: false, title: 'The symbol no longer trades' },
  not_supported: { status: 400, retryable: false, title: 'The exchange does not offer this' },
  no_data: { status: 502, retryable: true, title: 'The exchange has no data for this symbol' },
  insufficient_data: { status: 502, retryable: false, title: 'There are too few closed candles to analyse' },
  bad_data: { status: 502, retryable: true, title: 'More than 2 % of the candles are broken' },
  stale_data: { status: 502, retryable: true, title: 'The newest closed candle is missing' },
  worker_crashed: { status: 500, retryable: true, title: 'The analysis of this symbol crashed' },
  deadline_exceeded: {
    status: 502,
    retryable: true,
    title: 'The symbol was not finished within its deadline',
  },
  cancelled: { status: 409, retryable: false, title: 'The job was cancelled' },
  interrupted: {
    status: 503,
    retryable: true,
    title: 'The process stopped and the job could not be resumed',
  },
} as const satisfies Record<string, ErrorCodeEntry>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Whether a text is one of {@link ERROR_CODES}. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text);
}
