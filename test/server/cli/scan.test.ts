import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { scanResponseSchema } from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { RECORDED_UNTIL, writeRecordedCandles } from './recorded-folder.ts';
import { runCommand } from './run-command.ts';

const REAL_DATA = resolve('../shared/data/crypto/binance-spot-2025-15m');

describe('fast-scanner scan', () => {
  const folder = temporaryFolder();
  before(() => writeRecordedCandles(folder.path, { AAAUSDT: 1500, BBBUSDT: 1500, NEWUSDT: 10 }));

  it('prints progress of both phases, then a table labelled as simulated with the close time of its candles', async () => {
    const { exitCode, out, err } = await runCommand(['scan', '--limit', '3']);
    assert.equal(exitCode, 0);
    assert.match(err, /Phase 1, quick scan +1\/3 · ETA \d+ s\n/);
    assert.match(err, /Phase 2, deep analysis 3\/3 · ETA 0 s\n/);
    assert.match(
      out,
      /demo: simulated market · 1h candles closed at \d{4}-\d\d-\d\d \d\d:00 UTC · 3 of 3 symbols/,
    );
    assert.match(
      out,
      /Symbol.*Price.*24 h.*Signal.*Strength.*RSI.*Regime.*Score.*Entry.*Stop.*Target.*R:R.*Confluence/,
    );
    assert.match(out, /BTC\/USDT .*(BUY|SELL|HOLD).*(bull|bear|ranging)/);
    assert.doesNotMatch(
      out + err,
      new RegExp(String.fromCharCode(27)),
      'no control characters without a terminal',
    );
  });

  it('scans every recorded symbol of --data and lists those without a result with the reason', async () => {
    const { exitCode, out } = await runCommand([
      ...['scan', '--data', folder.path, '--timeframe', '15m', '--no-analyze'],
    ]);
    assert.equal(exitCode, 0);
    assert.match(
      out,
      /files: recorded candles · 15m candles closed at 2026-01-07 10:00 UTC · 2 of 3 symbols/,
    );
    assert.match(out, /NEW\/USDT: .* \(insufficient_data\)/);
  });

  it('prints one document and nothing else on standard output with --json', async () => {
    const asOf = new Date(RECORDED_UNTIL - 86_400_000).toISOString();
    const { exitCode, out } = await runCommand([
      ...['scan', '--data', folder.path, '--timeframe', '15m', '--symbols', 'aaa/usdt', '--as-of', asOf],
      ...['--no-analyze', '--json'],
    ]);
    assert.equal(exitCode, 0);
    const { scan, signals } = scanResponseSchema.parse(JSON.parse(out));
    assert.equal(scan.status, 'completed');
    assert.deepEqual(scan.dataSource, { exchange: 'files', kind: 'recorded' });
    assert.deepEqual(
      signals.map(({ symbol, candleCloseTime, deepAnalysis }) => [symbol, candleCloseTime, deepAnalysis]),
      [['AAA/USDT', asOf, null]],
    );
  });

  it('shows bars and colours on a terminal', async () => {
    const { out, err } = await runCommand(['scan', '--limit', '2', '--no-analyze'], { isTTY: true });
    assert.ok(err.includes('Phase 1, quick scan    [') && err.includes('█'));
    assert.ok(out.includes('\u001b['));
  });

  it('shows no colours when NO_COLOR is set', async () => {
    const { out } = await runCommand(['scan', '--limit', '2', '--no-analyze'], {
      isTTY: true,
      env: { NO_COLOR: '1' },
    });
    assert.ok(!out.includes('\u001b['));
  });

  it('is not in the way of a server and its settings', async () => {
    const env = { DATA_DIR: folder.path, HOST: '0.0.0.0', PORT: 'none' };
    const { exitCode } = await runCommand(['scan', '--limit', '1', '--no-analyze'], { env });
    assert.equal(exitCode, 0);
    assert.ok(!existsSync(`${folder.path}/scanner.lock`));
  });

  it('stops when it is told to, keeping what it has found', async () => {
    const stop = new AbortController();
    const { exitCode, out, err } = await runCommand(['scan', '--limit', '8'], {
      env: { DEMO_LATENCY_MS: '50' },
      signal: stop.signal,
      onOutput: (text) => text.includes('Phase 2') && stop.abort(),
    });
    assert.equal(exitCode, 130);
    assert.match(out, /8 of 8 symbols/);
    assert.match(err, /stopped before it was done/);
  });

  it('stops before the scan began', async () => {
    const { exitCode, out } = await runCommand(['scan', '--limit', '1'], { signal: AbortSignal.abort() });
    assert.equal(exitCode, 130);
    assert.equal(out, '');
  });

  it('computes signals of real recorded candles', async function () {
    if (!existsSync(REAL_DATA)) {
      console.log('skipped: no recorded data');
      return this.skip();
    }
    const { exitCode, out } = await runCommand(['scan', '--data', REAL_DATA, '-t', '15m', '--json']);
    assert.equal(exitCode, 0);
    const { signals, failures } = scanResponseSchema.parse(JSON.parse(out));
    assert.equal(signals.length, 30);
    assert.ok(signals.every(({ deepAnalysis }) => deepAnalysis !== null));
    assert.deepEqual(failures, []);
  });
});

describe('a scan that cannot be done', () => {
  const folder = temporaryFolder();

  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown option', ['scan', '--fast'], /unknown option '--fast'/],
    ['an unknown command', ['scna'], /unknown command/],
    ['an unknown timeframe', ['scan', '-t', '7m'], /Allowed choices are 1m, 3m/],
    ['a limit of nothing', ['scan', '--limit', '0'], /whole number from 1 to 500/],
    [
      'an exchange that is not allowed',
      ['scan', '-e', 'kraken'],
      /--exchange: "kraken" is not on EXCHANGES \(demo/,
    ],
    ['a malformed symbol', ['scan', '-s', 'BTC/USDT,../etc'], /\/symbols\/1: must look like BTC\/USDT/],
    ['a time without a zone', ['scan', '--as-of', '2025-06-20T12:00'], /--as-of: .*with zone/],
    ['recorded data without a folder', ['scan', '-e', 'files'], /--data: .*needs the folder/],
  ];
  for (const [what, args, message] of misuses) {
    it(`refuses ${what} as wrong usage`, async () => {
      const { exitCode, out, err } = await runCommand(args);
      assert.equal(exitCode, 2);
      assert.match(err, message);
      assert.equal(out, '');
    });
  }

  it('fails with the reason when there is no data', async () => {
    const { exitCode, err } = await runCommand(['scan', '--data', `${folder.path}/nowhere`]);
    assert.equal(exitCode, 1);
    assert.match(err, /FILES_DIR is not a readable folder/);
  });

  it('gives the reason as a document with --json', async () => {
    const { exitCode, out } = await runCommand(['scan', '--data', folder.path, '--json']);
    assert.equal(exitCode, 1);
    const document = JSON.parse(out);
    assert.equal(document.success, false);
    assert.equal(document.code, 'no_data');
  });

  it('fails when no symbol has a signal', async () => {
    const { exitCode, out, err } = await runCommand(['scan', '--symbols', 'NOSUCH/USDT']);
    assert.equal(exitCode, 1);
    assert.match(out, /NOSUCH\/USDT: .* \(symbol_unknown\)/);
    assert.match(err, /The scan failed: /);
  });
});
