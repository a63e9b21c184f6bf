import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { inRoot, ROOT, readJson } from './project.mjs';

const DIST = inRoot('server', 'dist');
const STAMP = join(DIST, 'build.json');
/** Everything the bundles are made of or by. */
const SOURCES = [
  'server/src',
  'server/package.json',
  'shared',
  'client-sdk',
  'scripts/build-server.mjs',
  'package-lock.json',
];
const ENTRIES = {
  main: 'server/src/main.ts',
  cli: 'server/src/cli.ts',
  'analysis-worker': 'server/src/scanners/common/analysis-worker.ts',
  'backtest-worker': 'server/src/scanners/market-scan/backtest-worker.ts',
};

/**
 * Bundles the server's entries into `server/dist`; packages stay imports, the other workspaces go in. Files are replaced one by one
 * and old chunks stay, so that a server which is running from there does not lose what it has yet to load.
 */
export async function buildServer({ onlyIfChanged }) {
  const sourceHash = hashSources();
  if (onlyIfChanged && readJson(STAMP)?.sourceHash === sourceHash) return;
  const startedAt = performance.now();
  const { outputFiles } = await bundle().catch(endAfterMessages);
  mkdirSync(DIST, { recursive: true });
  if (!onlyIfChanged) removeOldFiles(outputFiles);
  for (const { path, contents } of outputFiles) replaceFile(path, contents);
  replaceFile(STAMP, JSON.stringify({ sourceHash }));
  console.error(`Built server/dist in ${Math.round(performance.now() - startedAt)} ms.`);
}

function bundle() {
  return build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outdir: DIST,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    alias: {
      '@fast-scanner/shared': './shared/src/index.ts',
      '@fast-scanner/client': './client-sdk/src/index.ts',
    },
    sourcemap: true,
    sourcesContent: false,
    write: false,
    logLevel: 'warning',
  });
}

/** esbuild has said already what is wrong with the source. */
function endAfterMessages(error) {
  if (!error.errors) throw error;
  process.exit(1);
}

function hashSources() {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap(listFiles)) hash.update(`${path}\0`).update(readFileSync(inRoot(path)));
  return hash.digest('hex');
}

/** The files at or under a path, in a fixed order. */
function listFiles(path) {
  if (/\.\w+$/.test(path)) return [path];
  const names = readdirSync(inRoot(path)).filter((name) => name !== 'node_modules' && name !== 'dist');
  return names.sort().flatMap((name) => listFiles(`${path}/${name}`));
}

function removeOldFiles(outputFiles) {
  const present = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(DIST)) if (!present.has(name)) rmSync(join(DIST, name), { recursive: true });
}

function replaceFile(path, contents) {
  const unfinished = `${path}.${process.pid}.tmp`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}
