import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Where a bundle still finds the packages it imports. */
const CACHE = resolve('node_modules/.cache/fast-scanner-test');

/**
 * The module of the backtest's threads in JavaScript, as the product's build makes it: a thread starts in a tenth of the time it needs for
 * the source. Call it inside `describe`.
 */
export function bundledBacktestWorker(): { readonly url: URL } {
  const worker = { url: new URL('about:blank') };
  let folder = '';
  before(async () => {
    mkdirSync(CACHE, { recursive: true });
    folder = mkdtempSync(`${CACHE}/`);
    const outfile = join(folder, 'backtest-worker.mjs');
    await build({
      entryPoints: ['server/src/scanners/market-scan/backtest-worker.ts'],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      alias: { '@fast-scanner/shared': resolve('shared/src/index.ts') },
      logLevel: 'error',
    });
    worker.url = pathToFileURL(outfile);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return worker;
}
