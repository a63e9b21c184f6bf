import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import type {
  SeriesId,
  TrainingRecord,
  TrainingStore,
} from '@fast-scanner/server/store/training/training-store.ts';
import { type CandleRow, columnsFromRows, toIsoTime } from '@fast-scanner/shared';
import { parquetReadObjects } from 'hyparquet';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURS = 100;
const DEMO: SeriesId = { exchange: 'demo', symbol: 'BTC/USDT', timeframe: '1h' };

/** Hours whose last one has closed. */
const START = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOURS * HOUR_MS;
const END = START + HOURS * HOUR_MS;

function hour(index: number): CandleRow {
  return [START + index * HOUR_MS, 100 + index, 101 + index, 99 + index, 100.5 + index, 10];
}

function signal(index: number, series = DEMO): TrainingRecord {
  const candleCloseTime = toIsoTime(START + (index + 1) * HOUR_MS);
  const momentum = { momentum_score: index, note: '=1+1' };
  return { ...series, ...{ candleCloseTime, combined_score: index, momentum } } as TrainingRecord;
}

describe('fast-scanner export', () => {
  const folder = temporaryFolder();
  let dataDir = '';
  let store: TrainingStore;
  before(async () => {
    dataDir = join(folder.path, 'data');
    store = await openTrainingStore({
      ...{ folder: join(dataDir, 'training_data'), clock: systemClock, retentionDays: 365 },
    });
    const rows = Array.from({ length: HOURS }, (_, index) => hour(index));
    await store.append({
      candles: [
        { ...DEMO, columns: columnsFromRows(rows) },
        { ...DEMO, symbol: 'ETH/USDT', columns: columnsFromRows(rows) },
        { ...DEMO, exchange: 'binance', symbol: 'ETH/USDT', columns: columnsFromRows(rows) },
      ],
      signals: [signal(0), signal(1)],
      clustering: [signal(0, { ...DEMO, timeframe: '4h' })],
    });
    await store.appendLabels([
      {
        ...signal(0),
        ...{ outcome: 'target', forward_return_pct: 1.5, horizon_candles: 20, labelled_at: toIsoTime(START) },
      },
    ]);
  });
  after(() => store.close());

  function command(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<CommandResult> {
    return runCommand(['export', ...args], { env: { DATA_DIR: dataDir, ...env }, folder: folder.path });
  }

  function written(name: string): string {
    return readFileSync(join(folder.path, name), 'utf8');
  }

  it('writes candles as Parquet beside a scanner that uses the folder, and says how many and where', async () => {
    const { exitCode, out, err } = await command(['--symbol', 'btc/usdt', '--out', 'btc.parquet']);
    assert.deepEqual([exitCode, err], [0, '']);
    assert.equal(out, `${HOURS} rows: ${join(folder.path, 'btc.parquet')}\n`);
    const bytes = readFileSync(join(folder.path, 'btc.parquet'));
    const file = new Uint8Array(bytes).buffer;
    const rows = await parquetReadObjects({ file });
    assert.equal(rows.length, HOURS);
    assert.deepEqual(rows[7], {
      openTime: new Date(hour(7)[0]),
      open: 107,
      high: 108,
      low: 106,
      close: 107.5,
      volume: 10,
    });
  });

  it('writes signals with their labels as JSON Lines, as they were kept', async () => {
    const args = ['--symbol', 'BTC/USDT', '--kind', 'signals', '--out', 'signals.jsonl'];
    assert.equal((await command(args)).exitCode, 0);
    const [first, second] = written('signals.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual({ ...first, label: null }, { ...signal(0), label: null });
    assert.equal(first.label.outcome, 'target');
    assert.deepEqual(second, { ...signal(1), label: null });
  });

  it('writes labels as CSV when --format says so, however the file is called', async () => {
    const args = ['--symbol', 'BTC/USDT', '--kind', 'labels', '--format', 'csv', '--out', 'labels.txt'];
    assert.match((await command(args)).out, /^1 row: .*labels\.txt\n$/);
    const [titles = '', row = ''] = written('labels.txt').split('\r\n');
    assert.match(titles, /^exchange,symbol,timeframe,candleCloseTime,.*outcome/);
    assert.match(row, /^demo,BTC\/USDT,1h,.*target/);
    assert.match(row, /"'=1\+1"/, 'no formula for a spreadsheet');
  });

  it('writes no more than the last days', async () => {
    const askedAt = Date.now();
    await command(['--symbol', 'BTC/USDT', '--days', '2', '--out', 'short.jsonl']);
    const times = written('short.jsonl')
      .trimEnd()
      .split('\n')
      .map((line): number => JSON.parse(line).openTime);
    // The hour may have turned since the candles were made, and again since the command began.
    const from = (now: number) => Math.ceil((now - 2 * DAY_MS) / HOUR_MS) * HOUR_MS;
    const [first = 0] = times;
    assert.ok(first >= from(askedAt) && first <= from(Date.now()), `the first one is of ${toIsoTime(first)}`);
    assert.deepEqual(
      times,
      Array.from({ length: (END - first) / HOUR_MS }, (_, index) => first + index * HOUR_MS),
    );
  });

  it('wants an exchange when several have data of the symbol, and takes the one that is named', async () => {
    const args = ['--symbol', 'ETH/USDT', '--out', 'eth.csv'];
    const { exitCode, err } = await command(args);
    assert.deepEqual(
      [exitCode, err],
      [2, 'There are candles of ETH/USDT from binance, demo: name one with --exchange.\n'],
    );
    assert.equal((await command([...args, '--exchange', 'binance'])).exitCode, 0);
  });

  it('says that the continuous scanner collects while it runs when there is nothing', async () => {
    const { exitCode, err } = await command(['--symbol', 'SOL/USDT', '--out', 'sol.csv']);
    assert.equal(exitCode, 1);
    assert.equal(
      err,
      'There are no candles of SOL/USDT; the continuous scanner collects while it runs: fast-scanner continuous --symbols SOL/USDT.\n',
    );
    const other = await command(['--symbol', 'BTC/USDT', '--exchange', 'binance', '--out', 'b.csv']);
    assert.match(other.err, /^There are no candles of BTC\/USDT on binance; the continuous/);
    const empty = await command(['--symbol', 'BTC/USDT', '--out', 'b.csv'], {
      DATA_DIR: join(folder.path, 'none'),
    });
    assert.match(empty.err, /^There are no candles of BTC\/USDT; the continuous/);
    const old = ['--symbol', 'BTC/USDT', '--kind', 'signals', '--days', '1', '--out', 'b.csv'];
    assert.match(
      (await command(old)).err,
      /^There are no signals of BTC\/USDT on demo of the last 1 day; the/,
    );
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.startsWith('b.') || name.startsWith('sol')),
      [],
    );
  });

  it('names the timeframes that there are', async () => {
    const { exitCode, err } = await command([
      '--symbol',
      'BTC/USDT',
      '--kind',
      'clustering',
      '--out',
      'c.csv',
    ]);
    assert.equal(exitCode, 1);
    assert.equal(
      err,
      'There are no clusters of BTC/USDT on demo for 1h, but for 4h: name one with --timeframe.\n',
    );
  });

  it('leaves what was in the place of the file when it cannot write, and no copy behind', async () => {
    const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('fast-scanner-export-'));
    const before = copies();
    writeFileSync(join(folder.path, 'kept.csv'), 'mine');
    await command(['--symbol', 'SOL/USDT', '--out', 'kept.csv']);
    assert.equal(written('kept.csv'), 'mine');
    await command(['--symbol', 'BTC/USDT', '--out', 'kept.csv']);
    assert.match(written('kept.csv'), /^openTime,/);
    assert.equal(readdirSync(folder.path).filter((name) => name.endsWith('.tmp')).length, 0);
    assert.deepEqual(
      copies().filter((name) => !before.includes(name)),
      [],
    );
  });

  it('changes nothing in the folder', async () => {
    const root = join(dataDir, 'training_data');
    const state = () =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .sort()
        .map((name) => [name, statSync(join(root, name)).mtimeMs]);
    const before = state();
    await command(['--symbol', 'BTC/USDT', '--kind', 'signals', '--out', 'again.csv']);
    assert.deepEqual(state(), before);
    rmSync(join(folder.path, 'again.csv'));
  });

  it('loses no row while the scanner seals the files', async () => {
    const root = join(folder.path, 'sealing');
    const clock = new FakeClock(START);
    const options = { folder: join(root, 'training_data'), clock, retentionDays: 365 };
    const sealing = await openTrainingStore(options);
    const count = 40; // in 10 files
    const rows = Array.from({ length: count }, (_, index): CandleRow => {
      return [START - (count - index) * 6 * HOUR_MS, 100, 101, 99, 100, 10];
    });
    await sealing.append({ candles: [{ ...DEMO, timeframe: '5m', columns: columnsFromRows(rows) }] });
    const maintained = sealing.maintain();
    const args = ['--symbol', 'BTC/USDT', '-t', '5m', '--days', '365', '--out', 'sealed.jsonl'];
    for (let tries = 0; tries < 3; tries += 1) {
      const { out, err } = await command(args, { DATA_DIR: root });
      assert.match(out, /^40 rows/, err);
    }
    assert.ok((await maintained).sealed.length >= 10);
    await sealing.close();
  });

  const misuses: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no symbol', ['--out', 'a.csv'], /required option '-s, --symbol <symbol>' not specified/],
    ['no file', ['--symbol', 'BTC/USDT'], /required option '-o, --out <file>' not specified/],
    ['a malformed symbol', ['--symbol', '../etc', '--out', 'a.csv'], /^--symbol: must look like BTC\/USDT/i],
    ['an exchange that is none', ['--symbol', 'BTC/USDT', '-e', '../x', '--out', 'a.csv'], /^--exchange: /i],
    [
      'an unknown kind',
      ['--symbol', 'BTC/USDT', '-k', 'ticks', '--out', 'a.csv'],
      /choices are signals, ohlcv/,
    ],
    [
      'a format that nothing says',
      ['--symbol', 'BTC/USDT', '--out', 'a.xls'],
      /^--format: name one of parquet, jsonl, csv/i,
    ],
    [
      'a folder as file',
      ['--symbol', 'BTC/USDT', '-f', 'csv', '--out', '.'],
      /^--out: .* is a folder; name a file/i,
    ],
    [
      'a folder that is not there',
      ['--symbol', 'BTC/USDT', '--out', 'no/a.csv'],
      /^--out: there is no folder .*create it/i,
    ],
    [
      'no day at all',
      ['--symbol', 'BTC/USDT', '--days', '0', '--out', 'a.csv'],
      /whole number from 1 to 3650/,
    ],
  ];
  for (const [what, args, message] of misuses) {
    it(`refuses ${what} as wrong usage`, async () => {
      const { exitCode, out, err } = await command(args);
      assert.equal(exitCode, 2);
      assert.match(err.replace(/^error: /, ''), message);
      assert.equal(out, '');
    });
  }

  it('names what is wrong with the configuration', async () => {
    const { exitCode, err } = await command(['--symbol', 'BTC/USDT', '--out', 'a.csv'], { PORT: 'http' });
    assert.equal(exitCode, 78);
    assert.match(err, /PORT: "http" is not allowed/);
  });
});
