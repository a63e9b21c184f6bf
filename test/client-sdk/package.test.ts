import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as CONTRACT from '@fast-scanner/shared';
import { build } from 'esbuild';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { installPackedClient, type PackedClient } from './packed-client.ts';

const CORE = '@fast-scanner/client';
const REACT = '@fast-scanner/client/react';
const TSC = join(process.cwd(), 'node_modules/typescript/bin/tsc');
/** Bytes, minified and gzipped as an application ships them. */
const BUDGETS = { core: 15 * 1024, whole: 25 * 1024 };

const USE = `
const client = createScannerClient({ url: process.argv[2] });
client.quickScan({ limit: 3 }).then(async (scan) => {
  const seen = [];
  for await (const { type } of scan.events()) seen.push(type);
  const refusal = await client.scan('none').snapshot().catch((error) => error instanceof ScannerApiError && error.code);
  const analysed = seen.filter((type) => type === 'symbolAnalyzed').length;
  console.log(JSON.stringify({ analysed, last: seen.at(-1), refusal, hook: typeof useQuickScan }));
});
`;

const TYPED = `
import { createScannerClient, quickScanStore, ScannerApiError, type ScanResult } from '@fast-scanner/client';
import { ScannerProvider, useMarketScan, useQuickScan } from '@fast-scanner/client/react';

const client = createScannerClient({ url: 'http://127.0.0.1:5000', token: async () => 'token' });
const scores = (rows: readonly ScanResult[]): (number | null)[] => rows.map(({ deepAnalysis }) => deepAnalysis?.opportunity_score ?? null);
export const phase: 'idle' | 'starting' | 'quick' | 'analyzing' | 'complete' | 'failed' | 'cancelled' = quickScanStore(client).getSnapshot().phase;
client.scan('id').on('symbolAnalyzed', ({ signal }) => signal.macd satisfies 'bullish' | 'bearish' | 'neutral');
client.status().catch((error) => error instanceof ScannerApiError && error.problem.errors?.[0]?.pointer);
// @ts-expect-error there is no such timeframe
void client.quickScan({ timeframe: '7h' });

export function App() {
  const { signals, start } = useQuickScan();
  const market = useMarketScan();
  // @ts-expect-error a market scan needs a strategy
  void market.start();
  // @ts-expect-error rows are not to be changed
  signals.push();
  return <ScannerProvider client={client}><button onClick={() => start({ limit: 5 })}>{scores(signals).join()}</button></ScannerProvider>;
}
`;

/** Code that compiles when the types and constants that were written out are those of the contract, both ways. */
function sameTypes(declarations: string): string {
  const contract = new Set(
    [...readContract().matchAll(/export (?:type|interface) (\w+) ?[={]/g)].map(([, name]) => name),
  );
  const names = [...declarations.matchAll(/^(?:type|interface) (\w+) ?[={]/gm)].map(([, name]) => name);
  const shared = names.filter((name) => contract.has(name));
  assert.ok(shared.length > 200, `${shared.length} types`);
  const path = JSON.stringify(join(process.cwd(), 'shared/src/index.ts'));
  const head = `import type * as Contract from ${path}; import type * as Client from '${CORE}';`;
  const lines = shared.map(
    (name) =>
      `export const ${name} = [(x: Contract.${name}): Client.${name} => x, (x: Client.${name}): Contract.${name} => x];`,
  );
  const values = [...declarations.matchAll(/^declare const ([A-Z_]+): /gm)].map(([, name = '']) => name);
  const constants = values
    .filter((name) => name in CONTRACT)
    .map((name) => `export const same_${name}: typeof Contract.${name} = {} as typeof Client.${name};`);
  assert.ok(constants.length > 10, `${constants.length} constants`);
  return [head, ...lines, ...constants].join('\n');
}

function readContract(): string {
  const names = readdirSync('shared/src').filter((name) => name.endsWith('.ts'));
  return names.map((name) => readFileSync(join('shared/src', name), 'utf8')).join('\n');
}

describe('the published client', () => {
  const folder = temporaryFolder();
  let packed: PackedClient;
  let server: RunningApp;

  before(async function () {
    this.timeout(60_000);
    [packed, server] = await Promise.all([
      installPackedClient(folder.path),
      startApp({ dataDir: `${folder.path}/data` }),
    ]);
  });
  after(() => server.app.close());

  /** What an application gets that bundles this code with the package: its size, and the files of the package it is made of. */
  async function bundleWith(code: string, external: readonly string[] = []) {
    const { outputFiles, metafile } = await build({
      stdin: { contents: code, resolveDir: packed.project },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      metafile: true,
      external: [...external],
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
    const [{ imports = [], inputs = {} } = {}] = Object.values(metafile.outputs);
    const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    const files = used
      .map(([path]) => path.replace(/^.*node_modules\//, ''))
      .filter((path) => path !== '<stdin>');
    return { bytes: gzipSync(contents).length, imports: imports.map(({ path }) => path), files };
  }

  it('has a manifest and files that fit each other, and declarations that every kind of resolution finds', () => {
    const { messages, problems, types, entrypoints } = packed.findings;
    assert.deepEqual([messages, problems], [[], []]);
    assert.ok(types, 'there are declarations');
    assert.deepEqual(entrypoints, ['.', './react', './package.json']);
  });

  for (const [format, file, head] of [
    [
      'an ES module',
      'use.mjs',
      `import { createScannerClient, ScannerApiError } from '${CORE}'; import { useQuickScan } from '${REACT}';`,
    ],
    [
      'a CommonJS module',
      'use.cjs',
      `const { createScannerClient, ScannerApiError } = require('${CORE}'); const { useQuickScan } = require('${REACT}');`,
    ],
  ] as const) {
    it(`works in plain Node as ${format}`, async () => {
      packed.write(file, head + USE);
      const said = await packed.run(join(packed.project, file), server.url);
      const expected = { analysed: 3, last: 'deepAnalysisComplete', refusal: 'not_found', hook: 'function' };
      assert.deepEqual(JSON.parse(said), expected);
    });
  }

  it('is typed without the packages its types are made of, for import and for require', async () => {
    for (const type of ['module', 'commonjs']) {
      packed.write(`${type}/package.json`, JSON.stringify({ type }));
      packed.write(`${type}/app.tsx`, TYPED);
    }
    packed.write('module/contract.ts', sameTypes(packed.read('index.d.ts')));
    const options = {
      ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, allowImportingTsExtensions: true },
      ...{ jsx: 'react-jsx', module: 'nodenext', types: [] },
    };
    const files = ['module/app.tsx', 'commonjs/app.tsx', 'module/contract.ts'];
    packed.write('tsconfig.json', JSON.stringify({ compilerOptions: options, files }));
    await packed.run(TSC, '-p', '.').catch(({ stdout }) => assert.fail(stdout));
    const declarations = packed.read('index.d.ts');
    assert.match(declarations, /Close time of the newest candle used\. \*\/\s+candleCloseTime: string;/);
  });

  it('gives front ends the lists of the contract, and nothing else of it', async () => {
    packed.write('lists.mjs', `import * as client from '${CORE}'; console.log(JSON.stringify(client));`);
    const given: Record<string, unknown> = JSON.parse(await packed.run(join(packed.project, 'lists.mjs')));
    const lists = Object.entries(given).filter(([name]) => name in CONTRACT);
    assert.deepEqual(given['TIMEFRAMES'], CONTRACT.TIMEFRAMES);
    for (const [name, list] of lists)
      assert.deepEqual(list, new Map(Object.entries(CONTRACT)).get(name), name);
    const { files } = await bundleWith(`export { TIMEFRAMES } from '${CORE}'`);
    assert.deepEqual(files, [`${CORE}/vocabulary.js`]);
  });

  it('keeps its size, and stands on socket.io-client and React alone', async () => {
    const others = ['socket.io-client', 'react', 'react/jsx-runtime'];
    const core = await bundleWith(`export * from '${CORE}'`, others);
    const whole = await bundleWith(`export * from '${CORE}'; export * from '${REACT}'`, others);
    assert.ok(core.bytes < BUDGETS.core, `${core.bytes} bytes`);
    assert.ok(whole.bytes < BUDGETS.whole, `${whole.bytes} bytes`);
    assert.deepEqual(new Set(core.imports), new Set(['socket.io-client']));
    assert.deepEqual(new Set(whole.imports), new Set(others));
  });

  it('gives an application only what it imports', async () => {
    const error = await bundleWith(`export { ScannerApiError } from '${CORE}'`);
    assert.deepEqual(error.files, [`${CORE}/scanner-api-error.js`]);
    const client = await bundleWith(`export { createScannerClient } from '${CORE}'`, ['socket.io-client']);
    assert.deepEqual(
      client.files.filter((path) => /state|react/.test(path)),
      [],
    );
    const { files } = await bundleWith(`export { useQuickScan } from '${REACT}'`, [
      'react',
      'react/jsx-runtime',
    ]);
    assert.deepEqual(
      files.filter((path) => !path.startsWith(CORE)),
      [],
    );
    assert.deepEqual(
      files.filter((path) => /\/(connection|continuous|market|price|run)/.test(path)),
      [],
    );
  });
});
