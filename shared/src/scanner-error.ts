import type { ErrorCode } from './error-codes.ts';

export interface ScannerErrorOptions {
  readonly cause?: unknown;
  /** How long to wait before trying again, when known. */
  readonly retryAfterMs?: number;
  /** JSON pointers to the offending fields. */
  readonly errors?: readonly FieldError[];
  /** What is left of a record that is gone: a JSON object, sent along. */
  readonly summary?: object;
}

/** One offending field of a request. */
export interface FieldError {
  /** JSON pointer (RFC 6901) into the body, or `?name` for a query parameter. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** An expected failure with a code of {@link ERROR_CODES}. Anything else that is thrown is a bug. */
export class ScannerError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | null;
  readonly errors: readonly FieldError[];
  readonly summary: object | null;

  constructor(code: ErrorCode, detail: string, options: ScannerErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ScannerError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.errors = options.errors ?? [];
    this.summary = options.summary ?? null;
  }
}
