import { ScannerError } from '@fast-scanner/shared';

/** @see https://www.sqlite.org/rescode.html */
const CODES = {
  BUSY: 5,
  LOCKED: 6,
  NOMEM: 7,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
  CONSTRAINT_PRIMARYKEY: 1555,
  CONSTRAINT_UNIQUE: 2067,
} as const;

const DAMAGE: readonly number[] = [CODES.CORRUPT, CODES.NOTADB];
const DOUBLED: readonly number[] = [CODES.CONSTRAINT_PRIMARYKEY, CODES.CONSTRAINT_UNIQUE];
const TROUBLE: readonly number[] = [
  CODES.BUSY,
  CODES.LOCKED,
  CODES.NOMEM,
  CODES.READONLY,
  CODES.IOERR,
  CODES.CANTOPEN,
];
const NO_SPACE: readonly string[] = ['ENOSPC', 'EDQUOT'];

export function isLocked(error: unknown): boolean {
  return primaryCode(error) === CODES.BUSY;
}

export function isDamage(error: unknown): boolean {
  return DAMAGE.includes(primaryCode(error));
}

/** What an error of SQLite or the file system means to the store's callers; any other error is a bug and comes back unchanged. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof ScannerError || !(error instanceof Error)) return error;
  const cause = { cause: error };
  const code = primaryCode(error);
  if (code === CODES.FULL || NO_SPACE.includes(fileSystemCode(error)))
    return new ScannerError('disk_full', 'the disk is full: nothing was written', cause);
  if (DOUBLED.includes(resultCode(error)))
    return new ScannerError('conflict', 'a record of this id or key exists already', cause);
  if (DAMAGE.includes(code))
    return new ScannerError('unavailable', 'the database is damaged: restart to learn what to do', cause);
  if (TROUBLE.includes(code) || fileSystemCode(error) !== '')
    return new ScannerError('unavailable', `the store cannot be used: ${error.message}`, {
      ...cause,
      retryAfterMs: 1000,
    });
  return error;
}

/** The extended result code of an error thrown by SQLite; 0, SQLite's "no error", for any other error. */
function resultCode(error: unknown): number {
  const isCoded = error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
  return isCoded ? Number(error.errcode) : 0;
}

function primaryCode(error: unknown): number {
  return resultCode(error) & 0xff;
}

/** Such as `ENOSPC`; empty for any other error. */
function fileSystemCode(error: Error): string {
  return 'syscall' in error && 'code' in error ? String(error.code) : '';
}
