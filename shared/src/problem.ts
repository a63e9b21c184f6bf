import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';
import { ScannerError } from './scanner-error.ts';

const codes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]; // keys of a const object

export const errorCodeSchema = z.enum(codes);

export const fieldErrorSchema = z.object({ pointer: z.string(), code: z.string(), detail: z.string() });

/** What every failed acknowledgement carries: RFC 9457 without the HTTP fields. */
export const ackErrorSchema = z.object({
  title: z.string(),
  detail: z.string(),
  code: errorCodeSchema,
  requestId: z.string(),
  retryAfterMs: z.number().optional(),
  errors: z.array(fieldErrorSchema).optional(),
  /** With `gone`: what is left of the record. */
  summary: z.looseObject({}).optional(),
  success: z.literal(false),
  /** The same text as `detail`, for clients that look for `error`. */
  error: z.string(),
});

/** RFC 9457 `application/problem+json`. */
export const problemSchema = ackErrorSchema.extend({
  type: z.string(),
  status: z.int(),
  instance: z.string(),
});

export type AckError = z.infer<typeof ackErrorSchema>;
export type Problem = z.infer<typeof problemSchema>;

/** The wire form of an expected failure. */
export function toAckError(error: ScannerError, requestId: string): AckError {
  return {
    title: ERROR_CODES[error.code].title,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.retryAfterMs === null ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.errors.length === 0 ? {} : { errors: [...error.errors] }),
    ...(error.summary === null ? {} : { summary: { ...error.summary } }),
    success: false,
    error: error.message,
  };
}

/** The HTTP form of an expected failure. `instance` is the request's path. */
export function toProblem(error: ScannerError, requestId: string, instance: string): Problem {
  return {
    type: `urn:fast-scanner:error:${error.code}`,
    status: ERROR_CODES[error.code].status,
    instance,
    ...toAckError(error, requestId),
  };
}

/** Most fields an answer names, and most characters of a pointer: a hostile request must not make the answer large. */
const MAX_FIELD_ERRORS = 20;
const MAX_POINTER_LENGTH = 200;

/** The prefix of all fields, or of each by its first part (`undefined`: the input as a whole). */
export type PointerPrefix = string | ((field: PropertyKey | undefined) => string);

/**
 * Turns the issues of a failed validation into one error that names the offending fields, the first 20 of them.
 * With the prefix `?` the fields are query parameters (`?name`), otherwise JSON pointers below the prefix.
 */
export function toInvalidInput(
  issues: readonly z.core.$ZodIssue[],
  prefix: PointerPrefix = '',
): ScannerError {
  const prefixOf = typeof prefix === 'string' ? () => prefix : prefix;
  const fields = issues.slice(0, MAX_FIELD_ERRORS).flatMap((issue) => {
    const isUnknown = issue.code === 'unrecognized_keys';
    const paths = isUnknown
      ? issue.keys.slice(0, MAX_FIELD_ERRORS).map((key) => [...issue.path, key])
      : [issue.path];
    const detail = isUnknown ? 'unknown field' : issue.message;
    return paths.map((path) => ({ pointer: toPointer(path, prefixOf(path[0])), code: issue.code, detail }));
  });
  const errors = fields.slice(0, MAX_FIELD_ERRORS);
  const summary = errors
    .slice(0, 3)
    .map((error) => `${error.pointer || '/'}: ${error.detail}`)
    .join('; ');
  return new ScannerError('invalid_input', summary || 'invalid input', { errors });
}

function toPointer(path: readonly PropertyKey[], prefix: string): string {
  const pointer = path.map((part) => `/${escapePointer(String(part))}`).join('');
  return (prefix === '?' ? `?${pointer.slice(1)}` : `${prefix}${pointer}`).slice(0, MAX_POINTER_LENGTH);
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
