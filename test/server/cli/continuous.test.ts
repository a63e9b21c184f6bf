import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { CONFIG_FIELD_NAMES } from '@fast-scanner/server/cli/continuous/config-fields.ts';
import { runCli } from '@fast-scanner/server/cli/run-cli.ts';
import { continuousConfigSchema, continuousStatusResponseSchema } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type CommandResult, type RunOptions, runCommand } from './run-command.ts';
import { RunServer } from './run-server.ts';

const TOKEN = 'a-token-of-some-length';
const ESCAPE = String.fromCharCode(27);
const TWO = ['--symbols', 'btc/usdt,ETH/USDT'];

/** Runs a command until Ctrl-C, which comes as soon as it has written what is waited for. */
async function until(
  sign: (text: string) => boolean,
  start: (options: RunOptions) => Promise<CommandResult>,
): Promise<CommandResult> {
  const stop = new AbortController();
  let text = '';
  return start({
    signal: stop.signal,
    onOutput: (more) => {
      text += more;
      if (sign(text)) stop.abort();
    },
  });
}

/** Whether signals of two symbols on four timeframes have been written. */
const hasAllSignals = (text: string) => text.split('"type":"continuousSignal"').length > 8;

describe('fast-scanner continuous at a server', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  before(async () => {
    server = await RunServer.open(folder.path, { apiToken: TOKEN });
  });
  after(() => server.close());

  const isRunning = async () => (await server.windows.app.continuous.status()).running;

  it('starts the scanner, tells everything on lines of JSON, and leaves it running after Ctrl-C', async () => {
    const args = ['continuous', '--json', ...TWO, '--config', 'momentum_bias=0.5'];
    const { exitCode, out, err } = await until(hasAllSignals, (options) => server.command(args, options));
    assert.equal(exitCode, 0);
    assert.match(
      err,
      /^Using the server at http:.*\nFollowing demo: simulated market · 2 symbols · .*\nIt goes on at the server; fast-scanner continuous stop ends it\.\n$/,
    );
    const [first, ...others] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual([first.type, first.change, first.running], ['streamStatus', 'started', true]);
    const signals = others.filter(({ type }) => type === 'continuousSignal');
    assert.equal(new Set(signals.map(({ symbol, style }) => `${symbol} ${style}`)).size, 8, 'each once');
    assert.equal(signals.length, 8);
    assert.ok(await isRunning());
  });

  it('joins one that runs: on a terminal with all signals that are known and the state of the loops', async () => {
    const { exitCode, out } = await until(
      (text) => text.includes('Ctrl-C leaves'),
      (options) => server.command(['continuous'], { ...options, isTTY: true, env: { NO_COLOR: '1' } }),
    );
    assert.equal(exitCode, 0);
    assert.match(out, /demo: simulated market · 2 symbols · 5m 4h 1h 1d · running for \d+ s/);
    assert.match(out, /prices every 5 s: took .* lag .* 0 errors/);
    assert.equal(out.match(/^(BTC|ETH)\/USDT +(scalp|day_trade|swing|position) /gm)?.length, 8);
    assert.ok(out.endsWith(`${ESCAPE}[?25h`), 'the cursor is back');
    assert.ok(await isRunning());
  });

  it('shows signals with the score that is wanted', async () => {
    const { signals } = await server.windows.app.continuous.signals({ min_score: 0, limit: 100 });
    const scores = signals.map(({ combined_score }) => combined_score).sort((a, b) => a - b);
    const minScore = scores[5] ?? Number.NaN;
    const { out } = await until(
      (text) => text.includes('Ctrl-C leaves'),
      (options) =>
        server.command(['continuous', '--min-score', String(minScore)], { ...options, isTTY: true }),
    );
    const wanted = scores.filter((score) => score >= minScore).length;
    assert.equal(out.match(/(BTC|ETH)\/USDT/g)?.length, wanted);
  });

  it('joins none that runs otherwise than it is wanted', async () => {
    const args = ['continuous', '--symbols', 'SOL/USDT', '--config', 'timeframes.scalp=1m'];
    const { exitCode, out, err } = await server.command(args);
    assert.deepEqual([exitCode, out], [1, '']);
    assert.match(
      err,
      /^The continuous scanner runs already, but not with this --symbols \(it follows BTC\/USDT, ETH\/USDT\), --config; leave that out to watch it, or stop it first: fast-scanner continuous stop\.$/m,
    );
    assert.ok(await isRunning());
  });

  it('has a status for people and for programs', async () => {
    const { out } = await server.command(['continuous', 'status']);
    assert.match(out, /^demo: simulated market · 2 symbols/);
    assert.match(out, /^held: \d+ ticks?, 4,000 candles, 8 signals$/m);
    assert.match(out, /Stream .*Every .*Took .*Lag .*Errors/);
    assert.match(out, /market state .* 60 s /);
    const json = await server.command(['continuous', 'status', '--json']);
    const { running, symbols, config } = continuousStatusResponseSchema.parse(JSON.parse(json.out));
    assert.deepEqual([running, symbols, config.momentum_bias], [true, ['BTC/USDT', 'ETH/USDT'], 0.5]);
  });

  it('ends for everybody when somebody stops it', async () => {
    let text = '';
    const watching = server.command(['continuous', ...TWO], {
      onOutput: (more) => {
        text += more;
      },
    });
    await eventually(() => assert.match(text, /^Following demo/m));
    const stopped = await server.command(['continuous', 'stop']);
    assert.match(stopped.out, /^The continuous scanner was stopped after .* s\.\n$/);
    const { exitCode, out, err } = await watching;
    assert.equal(exitCode, 1);
    assert.match(out, / UTC scanner stopped$/m);
    assert.match(err, /The continuous scanner was stopped by somebody else\.\n$/);
  });

  it('says that none runs, and that there was none to stop', async () => {
    const { exitCode, out } = await server.command(['continuous', 'status']);
    assert.deepEqual([exitCode, out], [0, 'The continuous scanner does not run.\n']);
    const stopped = await server.command(['continuous', 'stop']);
    assert.deepEqual([stopped.exitCode, stopped.out], [0, 'The continuous scanner was not running.\n']);
    const { out: json } = await server.command(['continuous', 'stop', '--json']);
    assert.equal(JSON.parse(json).uptime_s, null);
  });

  it("stops a server's scanner, too, with --stop-on-exit", async () => {
    const { exitCode, err } = await until(
      (text) => text.includes('scanner started'),
      (options) => server.command(['continuous', ...TWO, '--stop-on-exit'], options),
    );
    assert.equal(exitCode, 0);
    assert.match(err, /The continuous scanner was stopped after .* s\.\n$/);
    assert.equal(await isRunning(), false);
  });

  it('leaves a scanner alone that it could not start', async () => {
    const { exitCode, out, err } = await server.command(['continuous', '--exchange', 'kraken', '--json']);
    assert.deepEqual([exitCode, out], [2, ''], 'no line that is no event');
    assert.match(err, /The server says: "kraken" is not one of the exchanges: .* \(exchange_unknown\)/);
  });

  it('needs the token of the server', async () => {
    const { exitCode, err } = await server.command(['continuous'], { env: { API_TOKEN: '' } });
    assert.equal(exitCode, 1);
    assert.match(err, /\(unauthorized\); set API_TOKEN to the token of the server/);
  });

  it('does not begin after Ctrl-C', async () => {
    const { exitCode, out } = await server.command(['continuous'], { signal: AbortSignal.abort() });
    assert.deepEqual([exitCode, out], [130, '']);
    assert.equal(await isRunning(), false);
  });
});

describe('fast-scanner continuous without a server', () => {
  const folder = temporaryFolder();

  it('runs the scanner in this process, stops it at Ctrl-C, and what it collected can be exported', async () => {
    const env = { PORT: '0', DATA_DIR: join(folder.path, 'data') };
    const { exitCode, out, err } = await until(hasAllSignals, (options) =>
      runCommand(['continuous', ...TWO, '--json'], { ...options, env }),
    );
    assert.equal(exitCode, 0);
    assert.match(
      err,
      /^Working in this process, with the records of .*\nFollowing .*\nThe continuous scanner was stopped after .* s\.\n$/,
    );
    assert.ok(hasAllSignals(out));
    const file = join(folder.path, 'btc.csv');
    const exported = await runCommand(['export', '--symbol', 'BTC/USDT', '--out', file], { env });
    assert.match(exported.out, /^500 rows: /, exported.err);
    const later = await RunServer.open(env.DATA_DIR);
    const { running } = await later.windows.app.continuous.status();
    await later.close();
    assert.equal(running, false, 'it does not go on at the next start');
  });

  it('ends well when nobody reads what it writes any more', async () => {
    const stderr = new PassThrough({ encoding: 'utf8' });
    const stdout = new Writable({ write: (_, __, done) => done(new Error('EPIPE')) });
    const env = { PORT: '0', DATA_DIR: join(folder.path, 'unread') };
    const { signal } = new AbortController();
    const args = ['continuous', ...TWO, '--json'];
    const exitCode = await runCli(args, { ...{ env, folder: folder.path, stdout, stderr, signal } });
    assert.equal(exitCode, 0);
    assert.match(String(stderr.read()), /The continuous scanner was stopped after/);
  });

  for (const command of ['status', 'stop']) {
    it(`has nobody to ask for ${command}`, async () => {
      const env = { PORT: '0', DATA_DIR: join(folder.path, 'nobody') };
      const { exitCode, out, err } = await runCommand(['continuous', command], { env });
      assert.deepEqual([exitCode, out], [2, '']);
      assert.match(err, /^No server runs, .*; start a server with `fast-scanner serve`\.\n$/);
    });
  }
});

describe('options of fast-scanner continuous', () => {
  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'a field that there is not',
      ['--config', 'momentum=1'],
      /has no field momentum; it has: .*momentum_bias/,
    ],
    ['a field without a value', ['--config', 'momentum_bias'], /must look like momentum_bias=0\.5/],
    [
      'a value that is no number',
      ['-c', 'momentum_bias=high'],
      /"high" is no number, which momentum_bias must be/,
    ],
    ['a value that is empty', ['-c', 'momentum_bias= '], /is no number/],
    [
      'a field given twice',
      ['-c', 'momentum_bias=0', '-c', 'momentum_bias=1'],
      /momentum_bias is given twice/,
    ],
    ['a value out of bounds', ['-c', 'momentum_bias=2'], /^--config momentum_bias: .*1/im],
    [
      'a part of a whole',
      ['-c', 'momentum_exhaustion_threshold=2.5'],
      /^--config momentum_exhaustion_threshold: /im,
    ],
    ['an unknown timeframe', ['-c', 'timeframes.scalp=7m'], /^--config timeframes\.scalp: /im],
    [
      'one timeframe for two styles',
      ['-c', 'timeframes.scalp=1h'],
      /^--config timeframes: each style needs/im,
    ],
    ['a malformed symbol', ['-s', 'BTC/USDT,../etc'], /^--symbols, number 2: must look like BTC\/USDT/im],
    ['a malformed exchange', ['-e', 'demo,'], /^--exchange, number 2: /im],
    ['a score that is none', ['--min-score', '101'], /number from 0 to 100/],
  ];
  for (const [what, args, message] of misuses) {
    it(`refuse ${what} as wrong usage`, async () => {
      const { exitCode, out, err } = await runCommand(['continuous', ...args], { env: { PORT: 'none' } });
      assert.deepEqual([exitCode, out], [2, '']);
      assert.match(err, message);
    });
  }

  it('are told with every field of the configuration, its bounds and its default', async () => {
    const { out } = await runCommand(['continuous', '--help']);
    const { timeframes, ...numbers } = continuousConfigSchema.parse({});
    const styles = Object.entries(timeframes).map(([style, timeframe]) => [`timeframes.${style}`, timeframe]);
    const fields = [...Object.entries(numbers), ...styles];
    assert.equal(fields.length, CONFIG_FIELD_NAMES.length);
    for (const [name, preset] of fields)
      assert.match(out, new RegExp(`^ {2}${name} .*[[ ]${preset}\\]$`, 'm'));
    assert.match(out, /^ {2}momentum_bias .*\[0 to 1, 0\.6\]$/m);
  });
});
