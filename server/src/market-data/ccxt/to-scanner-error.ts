import { type ErrorCode, ScannerError } from '@fast-scanner/shared';
import type { HttpFailure } from './call-context.ts';

/** Statuses that say more than any error class. */
const FIRST_BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map([
  [429, 'rate_limited'],
  [418, 'exchange_banned'],
]);

/** ccxt error classes with one meaning. Subclasses count as their nearest ancestor listed here. */
const BY_CLASS: ReadonlyMap<string, ErrorCode> = new Map([
  ['RateLimitExceeded', 'rate_limited'],
  ['OnMaintenance', 'exchange_maintenance'],
  ['RequestTimeout', 'exchange_timeout'],
  ['BadSymbol', 'symbol_unknown'],
  ['MarketClosed', 'delisted'],
  ['ContractUnavailable', 'delisted'],
  ['AuthenticationError', 'exchange_denied'],
  ['RestrictedLocation', 'exchange_denied'],
  ['NotSupported', 'not_supported'],
  ['BadRequest', 'not_supported'],
  ['ArgumentsRequired', 'not_supported'],
  ['BadResponse', 'exchange_bad_response'],
]);

/** For what is left: ccxt calls every unexplained status, 400, 403, 404 and 451 included, ExchangeNotAvailable. */
const BY_STATUS: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'exchange_denied'],
  [403, 'exchange_denied'],
  [451, 'exchange_denied'],
]);

const LAST_BY_CLASS: ReadonlyMap<string, ErrorCode> = new Map([
  ['DDoSProtection', 'rate_limited'],
  ['BaseError', 'exchange_unavailable'],
]);

const MAX_DETAIL_LENGTH = 200;

/**
 * What an error of ccxt means, told by its class and the HTTP status it came with (`null`: no error status was seen).
 * Anything that is not ccxt's own comes from its parser tripping over the answer.
 */
export function toScannerError(
  error: unknown,
  failure: HttpFailure | null,
  exchangeId: string,
): ScannerError {
  if (error instanceof ScannerError) return prefixed(error, exchangeId);
  const code = codeOf(error, failure?.status ?? null);
  return new ScannerError(code, detailOf(error, failure, exchangeId), {
    cause: error,
    ...(failure?.retryAfterMs == null ? {} : { retryAfterMs: failure.retryAfterMs }),
  });
}

function codeOf(error: unknown, status: number | null): ErrorCode {
  const first = status === null ? undefined : FIRST_BY_STATUS.get(status);
  const code = first ?? byClass(error, BY_CLASS) ?? byStatus(status) ?? byClass(error, LAST_BY_CLASS);
  return code ?? 'exchange_bad_response';
}

function byStatus(status: number | null): ErrorCode | undefined {
  if (status === null) return undefined;
  if (status >= 500) return 'exchange_unavailable';
  return BY_STATUS.get(status) ?? 'not_supported';
}

function byClass(error: unknown, codes: ReadonlyMap<string, ErrorCode>): ErrorCode | undefined {
  let prototype: unknown = Object.getPrototypeOf(Object(error));
  while (prototype !== null && prototype !== Object.prototype) {
    const code = codes.get(Object(prototype).constructor.name);
    if (code !== undefined) return code;
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}

function prefixed(error: ScannerError, exchangeId: string): ScannerError {
  if (error.message.startsWith(exchangeId)) return error;
  return new ScannerError(error.code, `${exchangeId} ${error.message}`, {
    cause: error,
    ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
  });
}

/** One short line: ccxt's messages carry whole answer bodies. */
function detailOf(error: unknown, failure: HttpFailure | null, exchangeId: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const status = failure === null ? '' : ` HTTP ${failure.status}`;
  const text = message.slice(0, 1_000).replaceAll(/\s+/g, ' ').replace(`${exchangeId} `, '');
  return `${exchangeId}${status}: ${text}`.slice(0, MAX_DETAIL_LENGTH);
}
