import { ScannerError } from '@fast-scanner/shared';

export interface PagePosition {
  readonly createdAt: number;
  readonly id: string;
}

/** An opaque text for the position after which the next page begins. */
export function toCursor({ createdAt, id }: PagePosition): string {
  return Buffer.from(`${createdAt}:${id}`).toString('base64url');
}

/** @throws ScannerError `invalid_input` when the text was not made by {@link toCursor} */
export function parseCursor(cursor: string): PagePosition {
  const match = /^(\d{1,15}):([\w-]{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, createdAt, id] = match ?? [];
  if (!createdAt || !id) {
    const detail = 'use the next cursor that the page before gave';
    throw new ScannerError('invalid_input', `?cursor: ${detail}`, {
      errors: [{ pointer: '?cursor', code: 'invalid_cursor', detail }],
    });
  }
  return { createdAt: Number(createdAt), id };
}
