import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ScannerError } from '@fast-scanner/shared';

/**
 * Finds out before the work whether a file can be written; `path` is absolute.
 * @throws ScannerError `invalid_input`, which names the option
 */
export async function requireFile(path: string, option: string): Promise<string> {
  if (await isFolder(path))
    throw new ScannerError('invalid_input', `${option}: ${path} is a folder; name a file`);
  const folder = dirname(path);
  if (await isFolder(folder)) return path;
  throw new ScannerError('invalid_input', `${option}: there is no folder ${folder}; create it first`);
}

/** Whoever reads the file sees what it was or what it becomes, never a part. @throws a system error when the disk refuses */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await writeFile(unfinished, content, { flag: 'wx' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
