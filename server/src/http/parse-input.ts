import { ScannerError, toInvalidInput } from '@fast-scanner/shared';
import type { z } from 'zod';

/** The validated input. @throws ScannerError `invalid_input` naming the fields; see `toInvalidInput` for the prefix */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  prefix = '',
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw toInvalidInput(parsed.error.issues, prefix);
  return parsed.data;
}

export interface SplitInput {
  /** Parsed query parameters. */
  readonly query: object;
  /** Wins over the query; whatever the client sent. */
  readonly body: unknown;
}

/** What query and body say together. @throws ScannerError `invalid_input` naming each field where it was written */
export function parseSplitInput<Schema extends z.ZodType>(
  schema: Schema,
  { query, body }: SplitInput,
): z.output<Schema> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return parseInput(schema, body);
  const parsed = schema.safeParse({ ...query, ...body });
  if (parsed.success) return parsed.data;
  throw toInvalidInput(parsed.error.issues, (field = '') =>
    Object.hasOwn(query, field) && !Object.hasOwn(body, field) ? '?' : '',
  );
}

/** The header's value when it matches; `undefined` without it. @throws ScannerError `invalid_input` naming the header */
export function parseHeader(
  headers: NodeJS.Dict<string | string[]>,
  name: string,
  { pattern, expected }: { readonly pattern: RegExp; readonly expected: string },
): string | undefined {
  const value = headers[name.toLowerCase()];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && pattern.test(value)) return value;
  const detail = `must be ${expected}`;
  throw new ScannerError('invalid_input', `${name}: ${detail}`, {
    errors: [{ pointer: name, code: 'invalid_header', detail }],
  });
}
