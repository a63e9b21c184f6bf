import { AsyncLocalStorage } from 'node:async_hooks';

/** What an exchange answered instead of data. */
export interface HttpFailure {
  readonly status: number;
  /** From the Retry-After header; `null` without one. */
  readonly retryAfterMs: number | null;
}

/** The call on whose behalf ccxt sends a request. ccxt takes no AbortSignal, so it travels beside the call. */
export interface CallContext {
  readonly signal: AbortSignal;
  /** The last error status this call met, for telling its error apart. */
  failure: HttpFailure | null;
}

/** The call the running code belongs to. */
export const callContext = new AsyncLocalStorage<CallContext>();
