import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inRoot, readJson } from './project.mjs';
import { hashSources, replaceFile } from './source-hash.mjs';
import { checkFirstLoad } from './web-budget.mjs';

const DIST = inRoot('web', 'dist');
const STAMP = join(DIST, 'build.json');
/** Everything the dashboard is made of or by. */
const SOURCES = [
  'web',
  'client-sdk',
  'shared',
  'scripts/build-web.mjs',
  'scripts/web-budget.mjs',
  'scripts/web-config.mjs',
  'package-lock.json',
];
/** Compressed once here instead of with every answer. */
const COMPRESSIBLE = /\.(js|css|svg)$/;

/**
 * Builds the dashboard into `web/dist`. The page is written last and old assets stay, so that neither a server which is running from
 * there nor an open tab loses what it has yet to load.
 */
export async function buildWeb({ onlyIfChanged }) {
  const sourceHash = hashSources(SOURCES);
  if (onlyIfChanged && readJson(STAMP)?.sourceHash === sourceHash) return;
  const startedAt = performance.now();
  const files = await bundle().catch(endAfterMessage);
  checkFirstLoad(files);
  if (!onlyIfChanged) rmSync(DIST, { recursive: true, force: true });
  for (const file of files.sort(pageLast)) writeOutput(file);
  replaceFile(STAMP, JSON.stringify({ sourceHash }));
  console.error(`Built web/dist in ${Math.round(performance.now() - startedAt)} ms.`);
}

async function bundle() {
  const { build } = await import('vite');
  const { createViteConfig } = await import('./web-config.mjs');
  const options = {
    write: false,
    target: 'es2022',
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  };
  const { output } = await build(createViteConfig({ build: options }));
  return output;
}

/** What is wrong with the source is said without the way through Vite. */
function endAfterMessage(error) {
  if (!error.errors) throw error;
  console.error(error.message);
  process.exit(1);
}

function writeOutput(file) {
  const path = join(DIST, file.fileName);
  const contents = Buffer.from(file.type === 'chunk' ? file.code : file.source);
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, contents);
  if (COMPRESSIBLE.test(path)) replaceFile(`${path}.gz`, gzipSync(contents, { level: 9 }));
}

function pageLast(one, other) {
  return Number(one.fileName.endsWith('.html')) - Number(other.fileName.endsWith('.html'));
}
