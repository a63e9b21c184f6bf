import { describeError } from './describe-error.ts';

/**
 * What the server found wrong with a field of the request, for the input that it came from; `null` when nothing is. What is below the
 * field counts: `symbols` has the error of `symbols 3`.
 */
export function fieldError(error: unknown, name: string): string | null {
  if (error === null || error === undefined) return null;
  const wrong = describeError(error).fields.find((field) => `${field.name} `.startsWith(`${name} `));
  return wrong?.detail ?? null;
}
