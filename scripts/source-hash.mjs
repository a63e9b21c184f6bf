import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { inRoot } from './project.mjs';

/** A hash of all files at or under the paths, which says whether what was built of them is still of their making. */
export function hashSources(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(listFiles)) hash.update(`${path}\0`).update(readFileSync(inRoot(path)));
  return hash.digest('hex');
}

/** Writes a file at once: whoever reads it meets the old content or the new one. */
export function replaceFile(path, contents) {
  const unfinished = `${path}.${process.pid}.tmp`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}

/** The files at or under a path, in a fixed order. */
function listFiles(path) {
  if (/\.\w+$/.test(path)) return [path];
  const names = readdirSync(inRoot(path)).filter((name) => name !== 'node_modules' && name !== 'dist');
  return names.sort().flatMap((name) => listFiles(`${path}/${name}`));
}
