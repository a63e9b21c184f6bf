import type { Request } from 'express';
import { parseHeader } from '../parse-input.ts';

const IDEMPOTENCY_KEY = { pattern: /^[\x21-\x7e]{1,128}$/, expected: '1 to 128 visible ASCII characters' };

/** The request's `Idempotency-Key` as an option of what it starts. @throws ScannerError `invalid_input` naming the header */
export function parseIdempotencyKey({ headers }: Request): { readonly idempotencyKey?: string } {
  const idempotencyKey = parseHeader(headers, 'Idempotency-Key', IDEMPOTENCY_KEY);
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}
