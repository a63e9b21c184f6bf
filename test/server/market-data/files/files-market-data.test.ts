import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createFilesMarketData,
  type FilesMarketDataOptions,
} from '@fast-scanner/server/market-data/files/files-market-data.ts';
import { type CandleRow, type ErrorCode, rowsFromColumns, ScannerError } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeUpRows, writeCandleFile } from './write-candle-file.ts';

const MONDAY = Date.UTC(2025, 0, 6);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('the files exchange', () => {
  const folder = temporaryFolder();
  const minutes = madeUpRows(MONDAY, '5m', 288 * 3);
  const days = madeUpRows(MONDAY - 10 * DAY, '1d', 13);
  const open = (options: Partial<FilesMarketDataOptions> = {}) =>
    createFilesMarketData({
      directory: folder.path,
      asOf: MONDAY + DAY,
      speed: 0,
      clock: new FakeClock(),
      ...options,
    });

  before(() => {
    writeCandleFile(folder.path, '5m/BTCUSDT.csv.gz', minutes);
    writeCandleFile(folder.path, '1d/BTCUSDT.csv', days);
    writeCandleFile(folder.path, '1h/ETH_USDT_USDT.csv', madeUpRows(MONDAY, '1h', 30));
    writeCandleFile(folder.path, '1d/AAPL.csv', days.slice(0, 5));
    writeFileSync(join(folder.path, '1d', 'notes.txt'), 'not candles');
    mkdirSync(join(folder.path, 'stocks'));
  });

  it('is labelled as recorded and lists what its files are about', async () => {
    const source = await open();
    assert.deepEqual(source.dataSource, { exchange: 'files', kind: 'recorded' });
    assert.deepEqual(
      (await source.listMarkets()).map(({ symbol, kind, active, tickSize }) => [
        symbol,
        kind,
        active,
        tickSize,
      ]),
      [
        ['AAPL', 'stock', false, 0.01],
        ['BTC/USDT', 'spot', true, 0.01],
        ['ETH/USDT:USDT', 'swap', true, 0.01],
      ],
    );
  });

  it('serves recorded rows as they are', async () => {
    const source = await open();
    const candles = await source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '5m', limit: 288 });
    assert.deepEqual(rowsFromColumns(candles), minutes.slice(0, 288));
  });

  it('stands at the end of the data when no time is given', async () => {
    const source = await open({ asOf: null });
    assert.equal(source.now(), MONDAY + 3 * DAY);
  });

  it('runs as many times as fast as real time as it is told, whatever the wall clock does', async () => {
    const clock = new FakeClock();
    const source = await open({ speed: 300, clock });
    await clock.advance(1_000);
    clock.jumpWall(HOUR);
    assert.equal(source.now(), MONDAY + DAY + 5 * MINUTE);
    const { openTime } = await source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '5m', limit: 1 });
    assert.equal(openTime[0], MONDAY + DAY);
  });

  it('never shows what was not known yet: the open candle is built from closed shorter ones', async () => {
    const source = await open({ asOf: MONDAY + 2 * DAY + 12 * MINUTE });
    const candles = await source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1d', limit: 2 });
    const [closed, forming] = rowsFromColumns(candles);
    const known = minutes.slice(288 * 2, 288 * 2 + 2);
    assert.deepEqual(closed, days.at(-2));
    assert.deepEqual(forming, merge(known));
  });

  it('shows no open candle when nothing shorter is recorded', async () => {
    const source = await open({ asOf: MONDAY + DAY + 12 * MINUTE });
    const { openTime } = await source.fetchCandles({ symbol: 'ETH/USDT:USDT', timeframe: '1h', limit: 3 });
    assert.equal(openTime.at(-1), MONDAY + DAY - HOUR);
  });

  it('gives the same closed candles whatever comes after: cutting the future changes nothing', async () => {
    const cut = join(folder.path, 'cut');
    writeCandleFile(cut, '5m/BTCUSDT.csv', minutes.slice(0, 300));
    const asOf = MONDAY + 300 * 5 * MINUTE;
    const [whole, shortened] = [await open({ asOf }), await open({ asOf, directory: cut })];
    for (const timeframe of ['5m', '15m', '1h', '4h'] as const) {
      const request = { symbol: 'BTC/USDT', timeframe, limit: 50 };
      assert.deepEqual(await whole.fetchCandles(request), await shortened.fetchCandles(request));
    }
    assert.deepEqual(await whole.fetchTickers(['BTC/USDT']), await shortened.fetchTickers(['BTC/USDT']));
  });

  it('makes a missing timeframe from the longest that divides it', async () => {
    const source = await open({ asOf: MONDAY + DAY });
    const hourly = await source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1h', limit: 1 });
    assert.deepEqual(rowsFromColumns(hourly)[0], merge(minutes.slice(288 - 12, 288)));
    const weekly = await source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1w', limit: 2 });
    assert.deepEqual(rowsFromColumns(weekly)[0], merge(days.slice(3, 10)));
  });

  it('refuses a timeframe that nothing recorded is short enough for', async () => {
    const source = await open();
    await rejectsWith(
      'not_supported',
      source.fetchCandles({ symbol: 'AAPL', timeframe: '1h', limit: 5 }),
      /AAPL/,
    );
  });

  it('forms tickers from its shortest candles', async () => {
    const source = await open({ asOf: MONDAY + 2 * DAY });
    const ticker = (await source.fetchTickers(['BTC/USDT'])).get('BTC/USDT');
    const last = minutes[2 * 288 - 1]?.[4] ?? Number.NaN;
    const before = minutes[288 - 1]?.[4] ?? Number.NaN;
    assert.equal(ticker?.last, last);
    assert.equal(ticker?.change24hPct, (last / before - 1) * 100);
    assert.equal(ticker?.timestamp, MONDAY + 2 * DAY);
    assert.ok((ticker?.quoteVolume24h ?? 0) > 0);
  });

  it('forms tickers from longer candles while the shorter ones are not recorded', async () => {
    const source = await open({ asOf: MONDAY - DAY });
    const ticker = (await source.fetchTickers(['BTC/USDT'])).get('BTC/USDT');
    assert.equal(ticker?.last, days[8]?.[4]);
    assert.equal(ticker?.timestamp, MONDAY - DAY);
    const later = await open({ asOf: MONDAY + 4 * DAY });
    const newest = (await later.fetchTickers(['BTC/USDT'])).get('BTC/USDT');
    assert.equal(newest?.last, minutes.at(-1)?.[4], 'of equally new ones that of the shortest');
  });

  it('knows no change on the first day and no ticker before the first candle closed', async () => {
    const first = await open({ asOf: MONDAY + 3 * HOUR });
    const ticker = (await first.fetchTickers(['ETH/USDT:USDT'])).get('ETH/USDT:USDT');
    assert.deepEqual([ticker?.change24hPct, ticker?.quoteVolume24h], [null, null]);
    const earlier = await open({ asOf: MONDAY });
    assert.equal((await earlier.fetchTickers(['ETH/USDT:USDT'])).size, 0);
  });

  it('passes bad rows on as NaN and in place, so that they are counted', async () => {
    const bad = join(folder.path, 'bad');
    const [one, two, three, four] = madeUpRows(MONDAY, '1h', 4);
    assert.ok(one && two && three && four);
    const oops = [one, [two[0], '', 'oops'], ['', 1, 2, 3], three, four];
    writeCandleFile(bad, '1h/BTCUSDT.csv', oops);
    const source = await open({ directory: bad, asOf: MONDAY + 3 * HOUR });
    const rows = rowsFromColumns(
      await source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1h', limit: 10 }),
    );
    const none = Number.NaN;
    assert.deepEqual(rows, [one, [two[0], none, none, none, none, none], [none, 1, 2, 3, none, none], three]);
  });

  it('knows no tick size when the prices are written with rounding noise', async () => {
    const noisy = join(folder.path, 'noisy');
    writeCandleFile(noisy, '1h/BTCUSDT.csv', [[MONDAY, 1, 1, 1, '0.10000000000000000555', 1]]);
    const [market] = await (await open({ directory: noisy })).listMarkets();
    assert.equal(market?.tickSize, null);
  });

  it('names the file that is broken, and serves the others', async () => {
    const broken = join(folder.path, 'broken');
    writeCandleFile(broken, '1h/ETHUSDT.csv', madeUpRows(MONDAY, '1h', 30));
    writeFileSync(join(broken, '1h', 'BTCUSDT.csv.gz'), 'no gzip at all');
    writeFileSync(join(broken, '1h', 'LTCUSDT.csv'), 'date,price\n2025-01-01,5\n');
    writeFileSync(join(broken, '1h', 'XRPUSDT.csv'), '');
    const source = await open({ directory: broken, asOf: null });
    assert.equal(source.now(), MONDAY + 30 * HOUR);
    for (const file of ['BTCUSDT.csv.gz', 'LTCUSDT.csv', 'XRPUSDT.csv']) {
      const symbol = file.replace(/USDT.*/, '/USDT');
      const call = source.fetchCandles({ symbol, timeframe: '1h', limit: 5 });
      await rejectsWith('bad_data', call, new RegExp(`^${file} `));
    }
    const tickers = await source.fetchTickers(['BTC/USDT', 'ETH/USDT']);
    assert.deepEqual([...tickers.keys()], ['ETH/USDT']);
  });

  it('says what is wrong with FILES_DIR when it is made', async () => {
    const none = join(folder.path, 'nowhere');
    await rejectsWith('exchange_unavailable', open({ directory: none }), /FILES_DIR/);
    await rejectsWith('no_data', open({ directory: join(folder.path, 'stocks') }), /FILES_DIR/);
    const twice = join(folder.path, 'twice');
    for (const name of ['1h/BTCUSDT.csv', '1h/BTC_USDT.csv']) writeCandleFile(twice, name, []);
    await rejectsWith('bad_data', open({ directory: twice }), /two 1h files of BTC\/USDT/);
  });
});

function merge(rows: readonly CandleRow[]): CandleRow {
  const highs = rows.map((row) => row[2]);
  const lows = rows.map((row) => row[3]);
  const volume = rows.reduce((sum, row) => sum + row[5], 0);
  return [
    rows[0]?.[0] ?? 0,
    rows[0]?.[1] ?? 0,
    Math.max(...highs),
    Math.min(...lows),
    rows.at(-1)?.[4] ?? 0,
    volume,
  ];
}

async function rejectsWith(code: ErrorCode, call: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof ScannerError);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}
