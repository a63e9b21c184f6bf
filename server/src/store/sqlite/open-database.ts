import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { MIGRATIONS } from './migrations.ts';
import { isCorruption } from './sqlite-failure.ts';

/** Oldest SQLite without the bugs that matter here. */
const OLDEST_SQLITE = [3, 51, 3] as const;
export const DATABASE_FILE = 'scanner.sqlite';

/** Opens the folder's database, checks it and brings its schema up to date. @throws Error with a one-line remedy */
export function openDatabase(folder: string): DatabaseSyncInstance {
  try {
    return open(join(folder, DATABASE_FILE));
  } catch (error) {
    if (!isCorruption(error)) throw error;
    throw new Error(
      `${DATABASE_FILE} is damaged: move it (and its -wal and -shm files) out of the data folder, or restore a copy, then start again`,
      { cause: error },
    );
  }
}

function open(path: string): DatabaseSyncInstance {
  const database = new DatabaseSync(path);
  try {
    // FULL: a commit that was answered survives a power cut.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');
    assertVersion(database);
    if (readValue(database, 'PRAGMA quick_check(1)') !== 'ok')
      throw Object.assign(new Error('damaged'), { errcode: 11 });
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function assertVersion(database: DatabaseSyncInstance): void {
  const version = String(readValue(database, 'SELECT sqlite_version()'));
  const found = version.split('.').map(Number);
  const difference =
    OLDEST_SQLITE.map((part, index) => (found[index] ?? 0) - part).find((delta) => delta !== 0) ?? 0;
  if (difference < 0)
    throw new Error(`SQLite ${OLDEST_SQLITE.join('.')} or newer is needed, found ${version}`);
}

function migrate(database: DatabaseSyncInstance): void {
  const taken = Number(readValue(database, 'PRAGMA user_version'));
  if (taken > MIGRATIONS.length) {
    throw new Error(
      `${DATABASE_FILE} was written by a newer version of this product; update it, or set another DATA_DIR`,
    );
  }
  MIGRATIONS.slice(taken).forEach((step, index) => {
    database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${taken + index + 1}; COMMIT`);
  });
}

function readValue(database: DatabaseSyncInstance, sql: string): unknown {
  const row: Record<string, unknown> | undefined = database.prepare(sql).get();
  return row && Object.values(row)[0];
}
