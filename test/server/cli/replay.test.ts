import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { builtServer } from '../../support/built-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeRecordedCandles } from './recorded-folder.ts';
import { runCommand } from './run-command.ts';

describe('fast-scanner replay', () => {
  const folder = temporaryFolder();
  const candles = () => `${folder.path}/candles`;
  const env = () => ({ DATA_DIR: `${folder.path}/data` });

  before(() => writeRecordedCandles(candles(), { AAAUSDT: 400, BBBUSDT: 30 }));

  it('prints what it did and the scorecard of it', async () => {
    const args = ['replay', '--data', candles(), '-t', '15m', '--from', '2026-01-06T12:00Z', '--step', '30m'];
    const cli = fileURLToPath(new URL('cli.js', await builtServer()));
    const first = spawnSync(process.execPath, [cli, ...args], {
      env: { ...process.env, ...env() },
      encoding: 'utf8',
    });
    assert.equal(first.status, 0, first.stderr);
    assert.match(
      first.stdout,
      /^files: recorded candles · 15m candles, 2026-01-06 12:00 UTC to 2026-01-07 10:00 UTC · 2 symbols · 90 steps\n45 signals, 33 with an outcome/m,
    );
    assert.match(first.stdout, /^ {2}insufficient_data 15 steps: BBB\/USDT 15 \(BBB\/USDT has/m);
    assert.match(first.stdout, /^recorded candles · origin replay · exchange files · timeframe 15m/m);
    assert.match(first.stdout, /What was measured is the past and promises nothing/);
    assert.match(first.stderr, /^Replay 60\/60 · ETA 0 s\n45 signals in .* s, kept in .*data$/m);
  });

  it('stops when it is told to, and says what it has kept', async () => {
    const stop = new AbortController();
    const args = ['replay', '--data', candles(), '-t', '15m'];
    const onOutput = (text: string) => text.startsWith('Removing what an earlier replay') && stop.abort();
    const { exitCode, err, out } = await runCommand(args, { env: env(), signal: stop.signal, onOutput });
    assert.equal(exitCode, 130);
    assert.match(err, /^Removed 45 signals of an earlier replay\. 0 signals in/m);
    assert.match(err, /^The replay was stopped: 0 signals of it stay until this time is replayed again\.$/m);
    assert.doesNotMatch(out, /promises nothing/);
  });

  it('says what to do when a server has the data folder', async () => {
    const store = await openSqliteStore({ dataDir: env().DATA_DIR, clock: systemClock });
    const { exitCode, err } = await runCommand(['replay', '--data', candles()], { env: env() });
    await store.close();
    assert.equal(exitCode, 1);
    assert.match(
      err,
      /in use by process \d+; stop it or set another DATA_DIR\. A server can be started again/,
    );
  });

  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['another exchange', ['-e', 'binance'], /--exchange.* Allowed choices are files/],
    ['a step that is none', ['--step', 'often'], /--step.* a number and a unit \(m, h, d, w\), such as 4h/],
    ['a step within a candle', ['--step', '30m'], /--step: must be a whole number of 1h candles/],
    ['a time without a zone', ['--from', '2026-01-06T12:00'], /--from.* a day or a time in UTC/],
    ['a time after the data', ['--from', '2030-01-01'], /--from: the recorded candles end at 2026-01-07/],
  ];
  for (const [what, args, message] of misuses) {
    it(`refuses ${what} as wrong usage`, async () => {
      const { exitCode, out, err } = await runCommand(['replay', '--data', candles(), ...args], {
        env: env(),
      });
      assert.equal(exitCode, 2);
      assert.match(err, message);
      assert.equal(out, '');
    });
  }

  it('needs a folder of recorded candles', async () => {
    const { exitCode, err } = await runCommand(['replay'], { env: env() });
    assert.equal(exitCode, 78);
    assert.match(err, /FILES_DIR.*needs the folder/);
  });
});
