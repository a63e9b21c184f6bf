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

/** Turns the issues of a failed validation into one error that names every offending field. */
export function toInvalidInput(issues: readonly z.core.$ZodIssue[], prefix = ''): ScannerError {
  const errors = issues.flatMap((issue) => {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      pointer: `${prefix}${path.map((part) => `/${escapePointer(String(part))}`).join('')}`,
      code: issue.code,
      detail: issue.code === 'unrecognized_keys' ? 'unknown field' : issue.message,
    }));
  });
  const summary = errors
    .slice(0, 3)
    .map((error) => `${error.pointer || '/'}: ${error.detail}`)
    .join('; ');
  return new ScannerError('invalid_input', summary || 'invalid input', { errors });
}

function escapePointer(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
