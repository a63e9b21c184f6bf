import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createFilesMarketData } from '@fast-scanner/server/market-data/files/files-market-data.ts';
import { StockPanelParser } from '@fast-scanner/server/market-data/files/stock-panel-parser.ts';
import { nyseSessions } from '@fast-scanner/server/market-data/sessions/nyse-sessions.ts';
import { rowsFromColumns, type Timeframe } from '@fast-scanner/shared';
import fc from 'fast-check';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeUpRows, writeCandleFile } from './write-candle-file.ts';
import { PANEL_HEADER, stockLines, writeStockPanel } from './write-stock-panel.ts';

const DAY = 86_400_000;
const day = (date: string) => Date.parse(date);
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

describe('daily stock panels', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  const open = async (name: string, asOf: number | null = null) => {
    const source = await createFilesMarketData({ directory: join(folder.path, name), asOf, speed: 0, clock });
    return createCandleFeed(source, { clock });
  };
  const writePanel = (name: string, lines: readonly string[], file = 'panel.csv') =>
    writeStockPanel(join(folder.path, name), file, lines);
  const year = (symbol: string, timeframe: Timeframe = '1d') =>
    ({ symbol, timeframe, from: day('2024-01-01'), to: day('2025-01-01') }) as const;

  it('are recognised by their header, plain or gzipped; other files beside them are ignored', async () => {
    writePanel('mixed', [PANEL_HEADER, ...stockLines('AAPL')], 'a.csv');
    writePanel(
      'mixed',
      [PANEL_HEADER.toUpperCase(), ...stockLines('BRK.B'), ''].join('\r\n').split('\n'),
      'b.csv.gz',
    );
    writePanel('mixed', ['symbol,name,sector', 'MSFT,Microsoft,IT'], 'sectors.csv');
    writePanel('mixed', ['not a panel'], 'notes.txt');
    const feed = await open('mixed');
    const markets = await feed.markets();
    assert.deepEqual(
      markets.map(({ symbol, kind, quote, active, tickSize }) => [symbol, kind, quote, active, tickSize]),
      ['AAPL', 'BRK.B'].map((symbol) => [symbol, 'stock', null, true, 0.01]),
    );
    const [mine, yours] = await Promise.all(['AAPL', 'BRK.B'].map((ticker) => feed.history(year(ticker))));
    assert.deepEqual(mine?.candles, yours?.candles);
    assert.deepEqual(mine?.dataSource, { exchange: 'files', kind: 'recorded' });
  });

  it('give each ticker its own daily candles, opening at midnight UTC of their date, the weekends left out', async () => {
    const sessions = nyseSessions(day('2024-01-02'), day('2024-02-29'));
    writePanel('two', [PANEL_HEADER, ...stockLines('AAPL'), ...stockLines('MSFT').slice(5)]);
    const { candles, quality } = await (await open('two')).history(year('MSFT'));
    assert.deepEqual([...candles.openTime], sessions.slice(5));
    const expected = madeUpRows(0, '1d', sessions.length).slice(5);
    assert.deepEqual(
      rowsFromColumns(candles).map((row) => row.slice(1)),
      expected.map((row) => row.slice(1)),
    );
    assert.deepEqual(quality, {
      rows: sessions.length - 5,
      rejected: 0,
      rejections: [],
      missing: 0,
      gaps: [],
    });
  });

  it('may be sorted by date, and may be several: what they say of a ticker is put together', async () => {
    const [apple, microsoft] = [stockLines('AAPL'), stockLines('MSFT')];
    const byDate = apple.flatMap((line, index) => [line, microsoft[index] ?? '']);
    writePanel('grouped', [PANEL_HEADER, ...apple, ...microsoft]);
    writePanel('split', [PANEL_HEADER, ...byDate.slice(0, 31)], '2024a.csv');
    writePanel('split', [PANEL_HEADER, ...byDate.slice(31)], '2024b.csv');
    const [grouped, split] = [await open('grouped'), await open('split')];
    for (const ticker of ['AAPL', 'MSFT']) {
      assert.deepEqual(
        (await split.history(year(ticker))).candles,
        (await grouped.history(year(ticker))).candles,
      );
    }
  });

  it('reject rows with empty fields or an impossible range, with the reason, and never fill what is missing', async () => {
    const sessions = nyseSessions(day('2023-01-03'), day('2024-02-29'));
    const lines = stockLines('AAPL', sessions);
    const [first, empty, broken, lost] = [20, 30, 40, 50].map((index) => sessions[index] ?? 0);
    assert.ok(first && empty && broken && lost);
    lines[30] = `${dateOf(empty)},,,,12.5,100,AAPL`;
    lines[40] = `${dateOf(broken)},10,9,11,10,100,AAPL`;
    lines.splice(50, 2);
    writePanel('bad', [PANEL_HEADER, ...lines]);
    const { candles, quality } = await (await open('bad')).history({ ...year('AAPL'), from: 0 });
    assert.equal(candles.openTime.length, sessions.length - 4);
    assert.deepEqual(quality.rejections, [
      { openTime: empty, reason: 'missing_value' },
      { openTime: broken, reason: 'high_low' },
    ]);
    assert.deepEqual([quality.rows, quality.rejected, quality.missing], [sessions.length - 2, 2, 4]);
    assert.deepEqual(quality.gaps, [
      { from: empty, to: empty, candles: 1 },
      { from: broken, to: broken, candles: 1 },
      { from: lost, to: sessions[51], candles: 2 },
    ]);
  });

  it('refuse a ticker of which more than 2 % is broken, and leave the others alone', async () => {
    const lines = stockLines('AAPL').map((line, index) =>
      index === 3 ? line.replace(/,.*,/, ',,,,,,') : line,
    );
    writePanel('worse', [PANEL_HEADER, ...lines, ...stockLines('MSFT')]);
    const feed = await open('worse');
    await assert.rejects(feed.history(year('AAPL')), {
      code: 'bad_data',
      message: /1 of 40 candles are broken/,
    });
    assert.equal((await feed.history(year('MSFT'))).quality.rejected, 0);
  });

  it('leave rows out that name no ticker', async () => {
    writePanel('nameless', [
      PANEL_HEADER,
      ...stockLines('AAPL'),
      ...stockLines(''),
      ...stockLines('../X'),
      '2024-02-29,1,1',
    ]);
    assert.deepEqual(
      (await (await open('nameless')).markets()).map(({ symbol }) => symbol),
      ['AAPL'],
    );
  });

  it('show nothing that was not known at the time, and a stock trades until its next session is over', async () => {
    writePanel('cut', [PANEL_HEADER, ...stockLines('AAPL')]);
    const friday = day('2024-02-09');
    const feed = await open('cut', friday + DAY - 1);
    assert.equal((await feed.history(year('AAPL'))).candles.openTime.at(-1), friday - DAY);
    const later = await open('cut', friday + 2 * DAY);
    assert.equal((await later.history(year('AAPL'))).candles.openTime.at(-1), friday);
    assert.equal((await later.markets())[0]?.active, true);
    assert.equal((await (await open('cut', day('2024-03-02'))).markets())[0]?.active, false);
  });

  it('answer the range that was asked for, its end not included, and say so when there is nothing in it', async () => {
    writePanel('range', [PANEL_HEADER, ...stockLines('AAPL')]);
    const feed = await open('range');
    const range = { from: day('2024-01-10'), to: day('2024-01-12') };
    const { candles } = await feed.history({ ...year('AAPL'), ...range });
    assert.deepEqual([...candles.openTime].map(dateOf), ['2024-01-10', '2024-01-11']);
    await assert.rejects(feed.history({ ...year('AAPL'), from: day('2024-06-01') }), { code: 'no_data' });
    await assert.rejects(feed.history(year('NOSUCH')), { code: 'symbol_unknown' });
    await assert.rejects(feed.history(year('AAPL', '1h')), { code: 'not_supported' });
  });

  it('make weekly candles of whole weeks, and the ticker of the newest close', async () => {
    writePanel('week', [PANEL_HEADER, ...stockLines('AAPL')]);
    const feed = await open('week');
    const daily = await feed.history(year('AAPL'));
    const weekly = await feed.history(year('AAPL', '1w'));
    assert.equal(weekly.candles.openTime[0], day('2024-01-08'));
    assert.equal(weekly.quality.missing, 0);
    const last = daily.candles.close.at(-1);
    assert.equal((await feed.tickers(['AAPL'])).get('AAPL')?.last, last);
  });

  it('without a column of names are about the ticker their own name begins with', async () => {
    const lines = stockLines('SPY').map((line) => line.replace(',SPY', ''));
    writePanel('spy', [PANEL_HEADER.replace(',Name', ''), ...lines], 'SPY_2024.csv.gz');
    assert.equal((await (await open('spy')).history(year('SPY'))).candles.openTime.length, 40);
  });

  it('give way to a file of the ticker’s own', async () => {
    writePanel('own', [PANEL_HEADER, ...stockLines('AAPL'), ...stockLines('MSFT')]);
    const rows = madeUpRows(day('2024-01-02'), '1d', 2);
    writeCandleFile(join(folder.path, 'own'), '1d/AAPL.csv', rows);
    writeCandleFile(join(folder.path, 'own'), '1d/BTCUSDT.csv', rows);
    const feed = await open('own');
    assert.deepEqual(
      (await feed.markets()).map(({ symbol }) => symbol),
      ['AAPL', 'BTC/USDT', 'MSFT'],
    );
    assert.deepEqual(rowsFromColumns((await feed.history(year('AAPL'))).candles), rows);
  });

  it('that cannot be read to their end are named when one of their tickers is asked for; the others are served', async () => {
    const whole = gzipSync([PANEL_HEADER, ...stockLines('AAPL')].join('\n'));
    writePanel('torn', [PANEL_HEADER, ...stockLines('MSFT')]);
    writeFileSync(join(folder.path, 'torn', 'stocks', 'torn.csv.gz'), whole.subarray(0, whole.length - 20));
    const feed = await open('torn');
    assert.deepEqual(
      (await feed.markets()).map(({ symbol }) => symbol),
      ['MSFT'],
    );
    await assert.rejects(feed.history(year('AAPL')), {
      code: 'bad_data',
      message: /^torn\.csv\.gz cannot be read/,
    });
    await assert.rejects(feed.history(year('BTC/USDT')), { code: 'symbol_unknown' });
  });

  it('read the same however they are cut into pieces, and numbers as Number reads them', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true }).map(String),
      fc.integer().map(String),
      fc.tuple(fc.nat(999_999), fc.nat(9_999)).map(([whole, part]) => `${whole}.${part}`),
      fc.constantFrom('', '.', '-', '1.2.3', ' 7 ', '.5', '5.', '1e3', 'abc', '999999999999.999', '00012'),
    );
    const row = fc.tuple(number, number, number, number, number, fc.constantFrom('A', 'AA', 'B'));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (rows, size) => {
        const text = [PANEL_HEADER, ...rows.map((fields) => ['2024-01-02', ...fields].join(','))].join('\n');
        const parser = new StockPanelParser(null);
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
        const stocks = parser.finish();
        for (const ticker of ['A', 'AA', 'B']) {
          const expected = rows.filter((fields) => fields[5] === ticker);
          const values = expected.map((fields) =>
            fields.slice(0, 5).map((field) => (field.trim() === '' ? Number.NaN : Number(field))),
          );
          const { candles } = stocks.get(ticker) ?? { candles: null };
          const parsed = candles ? rowsFromColumns(candles).map((fields) => fields.slice(1)) : [];
          assert.deepEqual(parsed, values);
        }
      }),
    );
  });
});
