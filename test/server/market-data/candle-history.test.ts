import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import type { RejectionReason } from '@fast-scanner/server/market-data/candle-history.ts';
import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import { cleanHistory } from '@fast-scanner/server/market-data/clean-history.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { type CandleRow, columnsFromRows, rowsFromColumns, timeframeMs } from '@fast-scanner/shared';
import fc from 'fast-check';
import { candleHistoryContract } from '../../contracts/candle-history.contract.ts';
import { exchangeOptionsFor, startExchangeServer } from '../../support/exchange-server/index.ts';
import { FEED_START, feedSetup, HOUR } from '../../support/feed-setup.ts';
import { randomSeries } from '../../support/random-series.ts';

const DAY = 24 * HOUR;
const REQUEST = {
  symbol: 'BTC/USDT',
  timeframe: '1h',
  from: FEED_START - 200 * HOUR,
  to: FEED_START,
} as const;

describe('the past of a symbol', () => {
  candleHistoryContract('a source that knows only the newest candles', async () => ({
    feed: feedSetup().feed,
    dataSource: { exchange: 'recorded', kind: 'live' },
    requests: [REQUEST, { ...REQUEST, symbol: 'ETH/USDT' }],
  }));

  candleHistoryContract('a live exchange', async () => {
    const server = await startExchangeServer({ symbols: 2 });
    const options = exchangeOptionsFor(server);
    const source = createCcxtMarketData({ exchangeId: 'binance', options, clock: systemClock });
    const now = Date.now();
    return {
      feed: createCandleFeed(source, { clock: systemClock }),
      dataSource: { exchange: 'binance', kind: 'live' },
      requests: [
        { symbol: 'BTC/USDT', timeframe: '1d', from: now - 700 * DAY, to: now - 300 * DAY },
        { symbol: 'ETH/USDT', timeframe: '1h', from: now - 2_500 * HOUR, to: now },
      ],
      teardown: () => server.close(),
    };
  });

  it('is asked for once by those who ask for the same at the same time', async () => {
    const { feed, source } = feedSetup();
    const [one, two] = await Promise.all([feed.history(REQUEST), feed.history({ ...REQUEST })]);
    await feed.history({ ...REQUEST, to: REQUEST.to - HOUR });
    assert.equal(one, two);
    assert.equal(source.requests.length, 2);
    assert.deepEqual(source.requests[0], {
      symbol: 'BTC/USDT',
      timeframe: '1h',
      since: REQUEST.from,
      limit: 201,
    });
  });

  it('of a live exchange ends before the candle that may not be complete yet', async () => {
    const { feed, clock } = feedSetup({ kind: 'live' });
    await clock.advance(HOUR / 2 + 2_999);
    const newest = async () =>
      (await feed.history({ ...REQUEST, to: FEED_START + DAY })).candles.openTime.at(-1);
    assert.equal(await newest(), FEED_START - 1.5 * HOUR);
    await clock.advance(1);
    assert.equal(await newest(), FEED_START - HOUR / 2);
  });
});

describe('cleaning a history', () => {
  const rows = rowsFromColumns(
    randomSeries({ symbol: 'BTC/USDT', count: 200, newestOpenTime: FEED_START - HOUR / 2 - HOUR, seed: 3 }),
  );
  const clean = (input: readonly CandleRow[], options: Partial<Parameters<typeof cleanHistory>[1]> = {}) =>
    cleanHistory(columnsFromRows(input), { ...REQUEST, from: 0, nowMs: FEED_START, ...options });
  const timeOf = (index: number) => rows[index]?.[0] ?? Number.NaN;

  const [openTime = 0, open = 0, high = 0, low = 0, close = 0, volume = 0] = rows[50] ?? [];
  const broken: readonly { row: CandleRow; reason: RejectionReason }[] = [
    { row: [openTime, open, Number.NaN, low, close, volume], reason: 'missing_value' },
    { row: [openTime, open, high, low, close, Number.NaN], reason: 'missing_value' },
    { row: [openTime, open, high, 0, close, volume], reason: 'bad_price' },
    { row: [openTime, -open, high, low, close, volume], reason: 'bad_price' },
    { row: [openTime, open, Number.POSITIVE_INFINITY, low, close, volume], reason: 'bad_price' },
    { row: [openTime, open, low, high, close, volume], reason: 'high_low' },
    { row: [openTime, open, high, low, high * 2, volume], reason: 'high_low' },
    { row: [openTime, open, high, low, close, -1], reason: 'bad_volume' },
    { row: [openTime + 1, open, high, low, close, volume], reason: 'bad_time' },
    { row: [Number.NaN, open, high, low, close, volume], reason: 'bad_time' },
  ];
  for (const { row, reason } of broken) {
    it(`rejects [${row.map((value) => Number(value.toFixed(2))).join(', ')}] as ${reason}`, () => {
      const { candles, quality } = clean(rows.with(50, row));
      const rejected = { openTime: Number.isNaN(row[0]) ? null : row[0], reason };
      assert.deepEqual(quality.rejections, [rejected]);
      assert.deepEqual(quality.gaps, [{ from: openTime, to: openTime, candles: 1 }]);
      assert.equal(candles.openTime.length, rows.length - 1);
    });
  }

  it('of rows with the same time keeps the later one, and reports the earlier unless it says the same', () => {
    const correction: CandleRow = [timeOf(20), 1, 4, 1, 2, 3];
    const { candles, quality } = clean([...rows.slice(0, 10), ...rows.slice(8), correction]);
    assert.deepEqual(quality.rejections, [{ openTime: timeOf(20), reason: 'contradicted' }]);
    assert.deepEqual(rowsFromColumns(candles), rows.with(20, correction));
  });

  it('gives the same whatever the order of the rows and however often they are repeated', () => {
    const shuffled = fc.shuffledSubarray([...rows, ...rows.slice(0, 50)], { minLength: rows.length + 50 });
    fc.assert(
      fc.property(shuffled, (input) => assert.deepEqual(clean(input).candles, clean(rows).candles)),
      { numRuns: 20 },
    );
  });

  it('never fills a gap: it tells where it is and how many candles are missing', () => {
    const { candles, quality } = clean([...rows.slice(0, 100), ...rows.slice(150)]);
    assert.equal(candles.openTime.length, 150);
    assert.deepEqual(quality.gaps, [{ from: timeOf(100), to: timeOf(149), candles: 50 }]);
    assert.equal(quality.missing, 50);
  });

  it('passes over what lies outside the range or is not closed, broken or not', () => {
    const spoiled = rows.with(0, [timeOf(0), 0, 0, 0, 0, 0]).with(199, [timeOf(199), 0, 0, 0, 0, 0]);
    const { candles, quality } = clean(spoiled, { from: timeOf(1), nowMs: timeOf(199) + HOUR - 1 });
    assert.deepEqual([candles.openTime.length, quality.rows, quality.rejected], [198, 198, 0]);
  });

  it('copies nothing that is clean and shared already', () => {
    const { candles } = clean(rows);
    const again = cleanHistory(candles, { ...REQUEST, from: timeOf(10), to: timeOf(20), nowMs: FEED_START });
    assert.equal(again.candles.close.buffer, candles.close.buffer);
    assert.equal(again.candles.close.length, 10);
  });

  it('knows that stocks pause on weekends and holidays, and when they are closed within a day not at all', () => {
    const sessions = ['2024-03-27', '2024-03-28', '2024-04-01', '2024-04-03'].map((date) => Date.parse(date));
    const daily = sessions.map((time): CandleRow => [time, open, high, low, close, volume]);
    const options = { symbol: 'AAPL', timeframe: '1d', nowMs: Date.parse('2024-05-01') } as const;
    const { quality } = clean(daily, options);
    const missing = Date.parse('2024-04-02');
    assert.deepEqual(quality.gaps, [{ from: missing, to: missing, candles: 1 }]);
    assert.equal(clean(daily, { ...options, symbol: 'BTC/USDT' }).quality.missing, 4);
    assert.equal(clean(rows, { symbol: 'AAPL' }).quality.missing, null);
  });

  it('refuses a range of which more than 2 % is broken', () => {
    const spoil = (count: number) =>
      rows.map((row, index): CandleRow => (index < count ? [row[0], 0, 0, 0, 0, 0] : row));
    assert.equal(clean(spoil(4)).quality.rejected, 4);
    assert.throws(() => clean(spoil(5)), { code: 'bad_data', message: /5 of 200 candles are broken/ });
    assert.equal(clean(spoil(5), { from: timeOf(5) }).quality.rejected, 0);
  });

  it('of nothing is nothing', () => {
    const { candles, quality } = clean([]);
    assert.equal(candles.close.length, 0);
    assert.deepEqual(quality, { rows: 0, rejected: 0, rejections: [], missing: 0, gaps: [] });
  });

  it('measures the distance of weekly candles in weeks', () => {
    const monday = Date.parse('2024-01-01');
    const weekly = [0, 1, 3].map(
      (week): CandleRow => [monday + week * timeframeMs('1w'), open, high, low, close, volume],
    );
    assert.equal(
      clean(weekly, { symbol: 'AAPL', timeframe: '1w', nowMs: monday + 60 * DAY }).quality.missing,
      1,
    );
  });
});
