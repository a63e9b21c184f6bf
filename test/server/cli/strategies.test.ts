import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marketScanResultResponseSchema, strategiesResponseSchema } from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { RunServer } from './run-server.ts';

const EXAMPLE = 'examples/my-strategy.ts';

describe('fast-scanner strategies', () => {
  const folder = temporaryFolder();

  it('lists all of them without a server, as a document, too', async () => {
    const { exitCode, out, err } = await runCommand(['strategies']);
    assert.deepEqual([exitCode, err], [0, '']);
    assert.match(out, /^bollinger_bands_strategy: .*\n .*\n {4}period=20 .*\n {4}devfactor=2 /m);
    const document = await runCommand(['strategies', '--json']);
    const { strategies } = strategiesResponseSchema.parse(JSON.parse(document.out));
    for (const { id } of strategies) assert.match(out, new RegExp(`^${id}: `, 'm'));
  });

  it('shows one, and says which there are when it is none of them', async () => {
    const one = await runCommand(['strategies', 'macd_cross']);
    assert.match(one.out, /^macd_cross: (.*\n){4} {4}signal=9 .*\n$/);
    const none = await runCommand(['strategies', 'macd']);
    assert.equal(none.exitCode, 2);
    assert.match(none.err, /^There is no strategy "macd"; there are: .*macd_cross/);
  });

  it('shows that of a file', async () => {
    const { out } = await runCommand(['strategies', EXAMPLE], { folder: process.cwd() });
    assert.match(out, /^pullback: Pullback in an uptrend\n(.*\n)+ {4}stopPct=5 /);
  });

  const mistakes: readonly (readonly [string, string, string, RegExp])[] = [
    ['does not compile', 'broken.ts', 'export const strategy = {', /broken\.ts:1:26 cannot be compiled: /],
    ['exports something else', 'other.ts', 'export const other = 1;', /other\.ts exports no "strategy"/],
    [
      'holds no strategy',
      'empty.mjs',
      'export const strategy = {};',
      /empty\.mjs: not a strategy: id must be a/,
    ],
    ['throws', 'throws.ts', 'throw new Error("no luck");', /throws\.ts cannot be loaded: no luck/],
    [
      'has an id that nobody can ask for',
      'id.ts',
      "export const strategy = { id: 'My Own', title: 'x', description: 'x', parameters: [], lookback: () => 1, evaluate() {} };",
      /id\.ts: the id "My Own" must be made of/,
    ],
  ];
  for (const [what, name, code, message] of mistakes) {
    it(`says what is wrong with a file that ${what}`, async () => {
      writeFileSync(join(folder.path, name), code);
      const { exitCode, out, err } = await runCommand(['strategies', `./${name}`], { folder: folder.path });
      assert.deepEqual([exitCode, out], [2, '']);
      assert.match(err, message);
    });
  }
});

describe('a market scan with a strategy of the user', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  let ran: CommandResult;

  before(async () => {
    cpSync(EXAMPLE, join(folder.path, 'mine.ts'));
    mkdirSync(join(folder.path, 'tmp'));
    server = await RunServer.open(join(folder.path, 'data'));
    const env = {
      PORT: String(server.windows.port),
      DATA_DIR: join(folder.path, 'data'),
      DEEP_ANALYSIS_CONCURRENCY: '1',
    };
    const args = ['market-scan', '--strategy', './mine.ts', '--param', 'falls=2', '--tickers', 'AAPL,MSFT'];
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = join(folder.path, 'tmp');
    ran = await runCommand([...args, '--start', '2024-01-02', '--json'], { env, folder: folder.path });
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
  });
  after(() => server.close());

  it('works wherever the file lies, with its parameters', () => {
    assert.equal(ran.exitCode, 0, ran.err);
    const { strategy, parameters, successful } = marketScanResultResponseSchema.parse(JSON.parse(ran.out));
    assert.deepEqual(
      [strategy, parameters, successful],
      ['pullback', { trend: 50, falls: 2, stopPct: 5 }, 2],
    );
  });

  it('runs in this process beside a server that uses the data folder, and leaves nothing behind', async () => {
    assert.match(
      ran.err,
      /^The data folder is in use by another process; .* gone afterwards\.\nRunning .*mine\.ts in this process,/,
    );
    assert.ok(ran.err.includes(` with the records of ${join(folder.path, 'tmp')}`), ran.err);
    const left = readdirSync(join(folder.path, 'tmp')).filter((name) => name.startsWith('fast-scanner'));
    assert.deepEqual(left, []);
    assert.deepEqual((await server.windows.app.marketScans.jobs({ limit: 20 })).jobs, []);
  });
});
