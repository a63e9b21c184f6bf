import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of Linux that is in memory: what a store writes there is durable at once, without waiting for a disk. */
const IN_MEMORY = '/dev/shm';
/** Containers often have next to nothing there. */
const ENOUGH_BYTES = 1_000_000_000;

/** A new folder that is deleted after the current mocha suite. Call it inside `describe`. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: '' };
  before(() => {
    folder.path = mkdtempSync(join(hasMemory() ? IN_MEMORY : tmpdir(), 'fast-scanner-test-'));
  });
  after(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });
  return folder;
}

function hasMemory(): boolean {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false; // another system
  }
}
