import { constants, type Dirent } from 'node:fs';
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}

/** All that the training data ask of the file system, so that a test can let it fail. Paths are absolute. */
export interface FileLayer {
  read(path: string): Promise<Buffer>;
  /** Writes at a position and leaves the rest; creates the file. With `durable` the content is on disk when it resolves. */
  write(path: string, bytes: Uint8Array, options: WriteOptions): Promise<void>;
  truncate(path: string, length: number): Promise<void>;
  /** Brings a file's content to the disk. */
  syncFile(path: string): Promise<void>;
  /** Brings the names in a folder to the disk. */
  syncFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** No error when there is no such file. */
  remove(path: string): Promise<void>;
  /** With its parents. Answers the first folder that had to be made, if any. */
  makeFolder(path: string): Promise<string | undefined>;
  realPath(path: string): Promise<string>;
  /** All files at any depth; links are not followed. */
  list(folder: string): Promise<readonly ListedFile[]>;
}

export interface WriteOptions {
  readonly position: number;
  readonly durable?: boolean;
}

const CREATE_OR_OPEN = constants.O_WRONLY | constants.O_CREAT;

export const nodeFiles: FileLayer = {
  read: (path) => readFile(path),
  write: writeAt,
  truncate: (path, length) => truncate(path, length),
  syncFile: (path) => syncPath(path, 'r+'),
  // Windows knows no such thing; there a rename is durable by itself.
  syncFolder: (path) => (process.platform === 'win32' ? Promise.resolve() : syncPath(path, 'r')),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  makeFolder: (path) => mkdir(path, { recursive: true, mode: 0o700 }),
  realPath: (path) => realpath(path),
  list: listFiles,
};

async function writeAt(path: string, bytes: Uint8Array, { position, durable }: WriteOptions): Promise<void> {
  const handle = await open(path, CREATE_OR_OPEN, 0o600);
  try {
    let written = 0;
    while (written < bytes.length)
      written += (await handle.write(bytes, written, bytes.length - written, position + written))
        .bytesWritten;
    if (durable) await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function syncPath(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function listFiles(folder: string): Promise<ListedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const listed: ListedFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(parentOf(entry), entry.name);
    listed.push({ path, bytes: (await stat(path)).size });
  }
  return listed;
}

/** `path` is the older name of the field. */
function parentOf(entry: Dirent): string {
  return entry.parentPath ?? entry.path;
}
