import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScannerError } from '@fast-scanner/shared';
import { DatabaseSync } from '@photostructure/sqlite';
import { isLocked } from './sqlite-failure.ts';

/**
 * Takes a folder for this process and answers how to give it back. The lock is the operating system's, held through an empty
 * SQLite file, so that it ends with the process, however that ends. The file with the process id is for the message only.
 * @throws ScannerError `unavailable`: in use by process N
 */
export function lockFolder(folder: string): () => void {
  const pidFile = join(folder, 'scanner.pid');
  const lock = new DatabaseSync(join(folder, 'scanner.lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    lock.close();
    if (!isLocked(error)) throw error;
    const holder = `in use by process ${readPid(pidFile)}`;
    throw new ScannerError('unavailable', `the data folder is ${holder}; stop it or set another DATA_DIR`);
  }
  return () => lock.close();
}

function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim() || 'unknown';
  } catch {
    return 'unknown';
  }
}
