import { ScannerError } from '@fast-scanner/shared';
import type { Connection } from './connection.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * Takes the steps the database has not taken yet, each in a transaction of its own. Fewer `steps` make a database of an older version.
 * @throws ScannerError `unavailable` when a newer version has been here
 */
export function migrate(connection: Connection, now: number, steps: readonly string[] = MIGRATIONS): void {
  connection.exec(
    'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, at REAL NOT NULL) STRICT',
  );
  const taken = Number(connection.get('SELECT ifnull(max(number), 0) AS taken FROM migrations')?.['taken']);
  if (taken > steps.length) {
    const versions = `schema ${taken}, this version knows ${steps.length}`;
    throw new ScannerError(
      'unavailable',
      `the database was written by a newer version (${versions}): update, or set another DATA_DIR`,
    );
  }
  steps.slice(taken).forEach((step, index) => {
    connection.transaction(() => {
      connection.exec(step);
      connection.run('INSERT INTO migrations VALUES (:number, :now)', { number: taken + index + 1, now });
    });
  });
}
