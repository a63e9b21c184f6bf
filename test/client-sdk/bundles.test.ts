import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);
/** Inside the repository, so that the bundles find socket.io-client as an installed package would. */
const DIST = join(process.cwd(), 'node_modules', '.cache', 'client-sdk-test');

const USE = `
const client = createScannerClient({ url: process.argv[2] });
client.quickScan({ limit: 3 }).then(async (scan) => {
  const seen = [];
  for await (const { type } of scan.events()) seen.push(type);
  console.log(JSON.stringify({ analysed: seen.filter((type) => type === 'symbolAnalyzed').length, last: seen.at(-1) }));
});
`;

describe('the bundled client', () => {
  const folder = temporaryFolder();
  let server: RunningApp;

  before(async () => {
    const { buildClient } = await import(pathToFileURL('scripts/build-client.mjs').href);
    mkdirSync(DIST, { recursive: true });
    await buildClient(DIST);
    server = await startApp({ dataDir: folder.path });
  });
  after(async () => {
    await server.app.close();
    rmSync(DIST, { recursive: true });
  });

  for (const [format, file, head] of [
    ['an ES module', 'use.mjs', "import { createScannerClient } from './index.js';"],
    ['a CommonJS module', 'use.cjs', "const { createScannerClient } = require('./index.cjs');"],
  ] as const) {
    it(`works in plain Node as ${format}`, async () => {
      writeFileSync(join(DIST, 'package.json'), '{ "type": "module" }');
      writeFileSync(join(DIST, file), head + USE);
      const { stdout } = await run(process.execPath, [join(DIST, file), server.url]);
      assert.deepEqual(JSON.parse(stdout), { analysed: 3, last: 'deepAnalysisComplete' });
    });
  }

  it('carries no schema library and stays under 15 kB gzipped', () => {
    const bundle = readFileSync(join(DIST, 'index.js'));
    assert.doesNotMatch(bundle.toString(), /zod/i);
    assert.ok(gzipSync(bundle).length < 15_360, `${gzipSync(bundle).length} bytes`);
  });
});
