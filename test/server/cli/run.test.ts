import assert from 'node:assert/strict';
import { type RunResponse, runResponseSchema } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { RunServer } from './run-server.ts';

const TOKEN = 'a-token-of-some-length';
const ESCAPE = String.fromCharCode(27);

describe('fast-scanner run', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  /** The same run, for people and for programs. */
  let printed: CommandResult;
  let whole: RunResponse;
  before(async () => {
    server = await RunServer.open(folder.path);
    printed = await server.command(['run', '--leverage', '10', '--explain']);
    const { out } = await server.command(['run', '--leverage', '10', '--json']);
    whole = runResponseSchema.parse(JSON.parse(out));
    assert.ok(whole.signals?.length, 'there is something to show');
  });
  after(() => server.close());

  it('prints its progress, then a table of signals and how many symbols are none for which reason', () => {
    const { exitCode, out, err } = printed;
    assert.equal(exitCode, 0);
    assert.match(err, /^Using the server at http:.*\nRun [0-9a-f-]{36}\nRun \(recon\) 0\/10 · ETA –\n/);
    assert.match(err, /^Run \(recon\) 10\/10 · ETA 0 s$/m);
    assert.match(
      out,
      /^demo: simulated market · recon, completed · 1h candles closed at 2026-01-07 10:00 UTC/m,
    );
    assert.match(out, /score from 65 · R:R from 1\.8 · leverage 10/);
    assert.match(out, /Symbol.*Side.*Score.*Price.*Entry zone.*Stop.*Targets.*R:R.*Setup.*Liquidation/);
    for (const { symbol, direction, score } of whole.signals ?? [])
      assert.match(out, new RegExp(`${symbol} .* ${direction} .* ${score.toFixed(1)} `));
    const { low_confluence } = whole.rejections?.by_reason ?? {};
    assert.match(out, new RegExp(`^ +${low_confluence} {2}low_confluence +the score is below`, 'm'));
    assert.ok(!(out + err).includes(ESCAPE), 'no control characters without a terminal');
  });

  it('lists each symbol that is no signal with its score, the minimum and the reason with --explain', () => {
    const { out } = printed;
    const rejected = Object.values(whole.rejections?.details ?? {}).flat();
    assert.equal(rejected.length, whole.rejections?.total_rejected);
    for (const { symbol, reason } of rejected) {
      const line = out.split('\n').find((text) => text.includes(`${symbol} `)) ?? '';
      assert.ok(line.includes(reason) && line.includes(' 65 '), `${symbol}: ${line}`);
    }
  });

  it('says why there is no signal, which is a result as good as any', async () => {
    const { exitCode, out, err } = await server.command(['run', '-l', '3', '--min-score', '100']);
    assert.equal(exitCode, 0);
    assert.match(out, /^No signal from 3 symbols: \d below the score 100/m);
    assert.doesNotMatch(out, /Entry zone/);
    assert.match(err, /With --explain/);
  });

  it('prints one document and nothing else on standard output with --json', () => {
    const { metadata } = whole;
    assert.equal(whole.status, 'completed');
    assert.equal(metadata?.requested, 10);
    assert.equal(metadata?.leverage, 10);
  });

  it('takes every option to the server', async () => {
    const { out } = await server.command([
      ...['run', '--mode', 'surgical', '--exchange', 'demo', '--symbols', 'sol/usdt,ETH/USDT'],
      ...['--min-score', '72.5', '--no-majors', '--json'],
    ]);
    const { mode, metadata, signals = [], rejections } = runResponseSchema.parse(JSON.parse(out));
    assert.equal(mode, 'surgical');
    assert.equal(metadata?.effective_min_score, 72.5);
    const rejected = Object.values(rejections?.details ?? {}).flat();
    assert.deepEqual([...signals, ...rejected].map(({ symbol }) => symbol).sort(), ['ETH/USDT', 'SOL/USDT']);
  });

  it('chooses from the categories that are on', async () => {
    const { out } = await server.command([
      'run',
      '--no-majors',
      '--no-altcoins',
      '--meme',
      '-l',
      '2',
      '--json',
    ]);
    const { signals = [], rejections } = runResponseSchema.parse(JSON.parse(out));
    const symbols = [...signals, ...Object.values(rejections?.details ?? {}).flat()].map((one) => one.symbol);
    assert.ok(symbols.includes('DOGE/USDT') && !symbols.includes('BTC/USDT'), symbols.join());
  });

  it('shows a bar and colours on a terminal, and a plain table when NO_COLOR is set', async () => {
    const args = ['run', '--leverage', '10'];
    const shown = await server.command(args, { isTTY: true });
    assert.ok(shown.err.includes('Run (recon) [') && shown.err.includes('█'));
    assert.ok(shown.out.includes(`${ESCAPE}[3`));
    const again = ['runs', 'show', whole.run_id];
    const plain = await server.command(again, { isTTY: true, env: { NO_COLOR: '1' } });
    assert.ok(!plain.out.includes(ESCAPE));
  });

  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown mode', ['--mode', 'sniper'], /choices are overwatch, recon, strike, surgical, ghost/],
    ['a limit of too many', ['--limit', '101'], /whole number from 1 to 100/],
    ['a limit of nothing', ['--limit', ''], /whole number from 1 to 100/],
    ['a score that is none', ['--min-score', '101'], /number from 0 to 100/],
    ['a leverage below one', ['--leverage', '0'], /whole number from 1 to 125/],
    ['an address that is none', ['--url', 'localhost:5000'], /address such as http:\/\/127\.0\.0\.1:5000/],
    ['a malformed symbol', ['-s', 'BTC/USDT,../etc'], /^--symbols, number 2: must look like BTC\/USDT/i],
    ['no category at all', ['--no-majors', '--no-altcoins'], /leave nothing to scan; add --meme/],
  ];
  for (const [what, args, message] of misuses) {
    it(`refuses ${what} as wrong usage`, async () => {
      const { exitCode, out, err } = await runCommand(['run', ...args], { env: { PORT: 'none' } });
      assert.equal(exitCode, 2);
      assert.match(err, message);
      assert.equal(out, '');
    });
  }

  it('refuses what the server refuses as wrong usage, also as a document', async () => {
    const { exitCode, out, err } = await server.command(['run', '--exchange', 'kraken', '--json']);
    assert.equal(exitCode, 2);
    assert.match(err, /The server says: "kraken" is not one of the exchanges: .* \(exchange_unknown\)/);
    assert.equal(JSON.parse(out).code, 'exchange_unknown');
  });
});

describe('a run that takes long', () => {
  const folder = temporaryFolder();
  let server: RunServer;
  before(async () => {
    server = await RunServer.open(folder.path, { demoLatencyMs: 60_000, apiToken: TOKEN });
  });
  after(() => server.close());

  it('is cancelled by Ctrl-C, at the server, too', async () => {
    const stop = new AbortController();
    const { exitCode, out, err } = await server.command(['run', '-s', 'BTC/USDT'], {
      signal: stop.signal,
      onOutput: (text) => text.includes('Run (recon)') && stop.abort(),
    });
    assert.equal(exitCode, 130);
    assert.match(out, /recon, cancelled .*\nNo signal from 1 symbol: 1 not looked at\./);
    assert.match(err, /Cancelling the run …/);
    assert.match(err, /The run was cancelled before it was done/);
    const { runs } = await server.windows.app.runs.runs({ limit: 20 });
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['cancelled'],
    );
  });

  it('does not begin after Ctrl-C', async () => {
    const { exitCode, out, err } = await server.command(['run'], { signal: AbortSignal.abort() });
    assert.equal(exitCode, 130);
    assert.equal(out, '');
    assert.match(err, /stopped before it began/);
  });

  it('ends with its command when somebody else cancels it', async () => {
    let runId = '';
    const running = server.command(['run', '-s', 'ETH/USDT'], {
      onOutput: (text) => {
        runId ||= /^Run ([0-9a-f-]{36})$/m.exec(text)?.[1] ?? '';
      },
    });
    await eventually(() => assert.notEqual(runId, ''));
    await server.windows.app.runs.cancel(runId);
    const { exitCode, err } = await running;
    assert.equal(exitCode, 130);
    assert.match(err, /The run was cancelled before it was done/);
  });

  it('goes on at the server with --detach; its document says that it has not ended', async () => {
    const { exitCode, out, err } = await server.command(['run', '--detach', '--json']);
    assert.equal(exitCode, 0);
    const { run_id, status, metadata } = runResponseSchema.parse(JSON.parse(out));
    assert.ok(status === 'queued' || status === 'running', status);
    assert.equal(metadata, undefined);
    assert.match(err, new RegExp(`fast-scanner runs show ${run_id}`));
    await server.windows.app.runs.cancel(run_id);
  });

  it('needs the token of the server', async () => {
    const { exitCode, err } = await server.command(['run'], { env: { API_TOKEN: '' } });
    assert.equal(exitCode, 1);
    assert.match(err, /\(unauthorized\); set API_TOKEN to the token of the server/);
  });
});
