import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { buildClientTypes } from './build-client-types.mjs';
import { toPublishedManifest } from './client-types/published-manifest.mjs';
import { inRoot, ROOT, readJson } from './project.mjs';
import { hashSources } from './source-hash.mjs';

const SOURCES = [
  'client-sdk',
  'shared/src',
  'scripts/build-client.mjs',
  'scripts/build-client-types.mjs',
  'scripts/client-types',
  'tsconfig.json',
  'package-lock.json',
];
const CONTRACT = inRoot('shared/src/');
/** Lists of the contract are part of the file that gives them out: nothing else of it is, as long as they stand apart from its schemas. */
const COMPILE_CONTRACT_IN = {
  name: 'compile-contract-in',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^@fast-scanner\/shared$/ }, () => ({
      path: `${CONTRACT}index.ts`,
      sideEffects: false,
    })),
};
const FORMATS = [
  { format: 'esm', ending: '.js' },
  { format: 'cjs', ending: '.cjs' },
];

/**
 * Makes the package of the client SDK: a folder to publish as it is (`npm publish client-sdk/dist`). Here the workspaces use the sources
 * instead, so that nothing has to be built in development; the manifest in the folder names what was built.
 */
export async function buildClient({ outdir = 'client-sdk/dist', onlyIfChanged = false } = {}) {
  const folder = resolve(ROOT, outdir);
  const stamp = `${folder}/.build.json`;
  const sourceHash = hashSources(SOURCES);
  if (onlyIfChanged && readJson(stamp)?.sourceHash === sourceHash) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await Promise.all([...FORMATS.map((format) => compileClient(folder, format)), buildClientTypes(folder)]);
  writeFileSync(`${folder}/package.json`, `${JSON.stringify(toPublishedManifest(), null, 2)}\n`);
  copyFileSync(inRoot('LICENSE'), `${folder}/LICENSE`);
  copyFileSync(inRoot('client-sdk/README.md'), `${folder}/README.md`);
  writeFileSync(stamp, JSON.stringify({ sourceHash }));
}

/**
 * A file for each source file, so that an application's bundler can leave out what it does not use, socket.io-client among it. They run in
 * Node and browsers alike: esbuild refuses anything that only one of them has.
 */
function compileClient(folder, { format, ending }) {
  const compile = (entryPoints, options = {}) =>
    build({
      absWorkingDir: ROOT,
      entryPoints,
      outdir: folder,
      outbase: 'client-sdk/src',
      outExtension: { '.js': ending },
      bundle: true,
      format,
      platform: 'browser',
      target: 'es2022',
      jsx: 'automatic',
      packages: 'external',
      plugins: [keepModules(ending), COMPILE_CONTRACT_IN],
      logLevel: 'warning',
      ...options,
    });
  return Promise.all([
    compile(['client-sdk/src/*.ts', 'client-sdk/src/state/*.ts']),
    compile(['client-sdk/src/react/*'], { banner: { js: "'use client';" } }), // hooks are not for React's server components
  ]);
}

function keepModules(ending) {
  return {
    name: 'keep-modules',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
        importer.startsWith(CONTRACT) ? null : { path: path.replace(/\.tsx?$/, ending), external: true },
      ),
  };
}
