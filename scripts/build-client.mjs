import { build } from 'esbuild';
import { ROOT } from './project.mjs';

const FORMATS = [
  { format: 'esm', outfile: 'index.js' },
  { format: 'cjs', outfile: 'index.cjs' },
];

/**
 * Bundles the client SDK into a folder, once for `import` and once for `require`; socket.io-client stays an import. Runs in Node and
 * browsers alike: esbuild refuses anything that only one of them has.
 */
export async function buildClient(outdir = 'client-sdk/dist') {
  const builds = FORMATS.map(({ format, outfile }) =>
    build({
      absWorkingDir: ROOT,
      entryPoints: ['client-sdk/src/index.ts'],
      outfile: `${outdir}/${outfile}`,
      bundle: true,
      format,
      platform: 'browser',
      target: 'es2022',
      external: ['socket.io-client'],
      sourcemap: true,
      sourcesContent: false,
      logLevel: 'warning',
      metafile: true,
    }),
  );
  return Promise.all(builds);
}
