import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder that is deleted after the current mocha suite. Call it inside `describe`. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: '' };
  before(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'fast-scanner-test-'));
  });
  after(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });
  return folder;
}
