import { ScannerError } from '@fast-scanner/shared';

const FULL = 13;
const CONSTRAINT = 19;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** The primary result code of an error thrown by SQLite; `null` for any other error. */
function primaryCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

export function isCorruption(error: unknown): boolean {
  const code = primaryCode(error);
  return code === CORRUPT || code === NOT_A_DATABASE;
}

/** What an error of SQLite means to the store's callers; errors that are not SQLite's are bugs and come back unchanged. */
export function toStoreError(error: unknown): unknown {
  const code = primaryCode(error);
  if (code === null) return error;
  const cause = { cause: error };
  if (code === FULL) return new ScannerError('disk_full', 'the disk is full: nothing was written', cause);
  if (code === CONSTRAINT) return new ScannerError('conflict', 'the record exists already', cause);
  return new ScannerError('unavailable', 'the store cannot be read or written', {
    ...cause,
    retryAfterMs: 1000,
  });
}
