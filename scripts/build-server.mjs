import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { inRoot, ROOT, readJson } from './project.mjs';
import { hashSources, replaceFile } from './source-hash.mjs';

const DIST = inRoot('server', 'dist');
const STAMP = join(DIST, 'build.json');
/** Everything the bundles are made of or by. */
const SOURCES = [
  'server/src',
  'server/package.json',
  'shared',
  'client-sdk',
  'scripts/build-server.mjs',
  'scripts/source-hash.mjs',
  'package-lock.json',
];
const ENTRIES = {
  main: 'server/src/main.ts',
  cli: 'server/src/cli.ts',
  'analysis-worker': 'server/src/scanners/common/analysis-worker.ts',
  'backtest-worker': 'server/src/scanners/market-scan/backtest-worker.ts',
  'replay-worker': 'server/src/scanners/replay/replay-worker.ts',
  'training-worker': 'server/src/scanners/models/training-worker.ts',
};

/**
 * Bundles the server's entries into `server/dist`; packages stay imports, the other workspaces go in. Files are replaced one by one
 * and old chunks stay, so that a server which is running from there does not lose what it has yet to load.
 */
export async function buildServer({ onlyIfChanged }) {
  const sourceHash = hashSources(SOURCES);
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

function removeOldFiles(outputFiles) {
  const present = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(DIST)) if (!present.has(name)) rmSync(join(DIST, name), { recursive: true });
}
