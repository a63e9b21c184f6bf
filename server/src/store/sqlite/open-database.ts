import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ScannerError } from '@fast-scanner/shared';
import { assertSqliteVersion } from './assert-sqlite-version.ts';
import { Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { isDamage } from './sqlite-failure.ts';

const DATABASE_FILE = 'scanner.sqlite';

/**
 * Opens the folder's database, checks it from end to end and brings its schema up to date. The folder must be locked.
 * @throws ScannerError `unavailable` with a one-line remedy when the database is damaged, half missing or too new
 */
export function openDatabase(folder: string, now: number): Connection {
  const path = join(folder, DATABASE_FILE);
  if (!existsSync(path)) createDatabase(path, now);
  const connection = new Connection(path);
  try {
    assertSqliteVersion(String(connection.get('SELECT sqlite_version() AS version')?.['version']));
    assertSound(connection);
    // FULL: a commit that was answered survives a power cut.
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(connection, now);
    return connection;
  } catch (error) {
    connection.close();
    throw isDamage(error) ? damaged('is damaged', error) : error;
  }
}

/** A database gets its name only when it is whole: an empty file of that name is a damaged one, never a new one. */
function createDatabase(path: string, now: number): void {
  if (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size)
    throw damaged('is missing while its -wal file is there');
  const draft = `${path}.new`;
  for (const leftover of [draft, `${draft}-journal`]) rmSync(leftover, { force: true });
  const connection = new Connection(draft);
  try {
    migrate(connection, now);
  } finally {
    connection.close();
  }
  renameSync(draft, path);
}

function assertSound(connection: Connection): void {
  if (!connection.get("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'"))
    throw damaged('holds no data of this product');
  const check = connection.get('PRAGMA quick_check(1)')?.['quick_check'];
  if (check !== 'ok') throw damaged('is damaged', check);
}

function damaged(state: string, cause?: unknown): ScannerError {
  return new ScannerError(
    'unavailable',
    `${DATABASE_FILE} ${state}: restore it from a copy, or move it and its -wal file out of the data folder to start empty`,
    { cause },
  );
}
