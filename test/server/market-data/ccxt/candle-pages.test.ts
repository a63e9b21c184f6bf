import assert from 'node:assert/strict';
import { type CandleQuery, fetchCandlePages } from '@fast-scanner/server/market-data/ccxt/candle-pages.ts';
import type { CcxtCandle } from '@fast-scanner/server/market-data/ccxt/ccxt-exchange.ts';
import { openSource } from './open-source.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 5, 12, 30);
const OPEN = Date.UTC(2026, 0, 5, 12);

/** An exchange of hourly candles since `listedAt` that gives at most `cap` at once. */
function cappedExchange(cap: number, listedAt = 0) {
  const calls: (readonly [since: number | undefined, limit: number | undefined])[] = [];
  const fetchOHLCV = async (_symbol: string, _timeframe: string, since?: number, limit = 0) => {
    calls.push([since, limit]);
    const count = Math.min(cap, limit);
    const first = since === undefined ? OPEN - (count - 1) * HOUR : Math.ceil(since / HOUR) * HOUR;
    const openTimes = Array.from({ length: count }, (_, index) => first + index * HOUR);
    return openTimes
      .filter((openTime) => openTime <= OPEN && openTime >= listedAt)
      .map((openTime): CcxtCandle => [openTime, 1, 2, 1, 2, 5]);
  };
  return { calls, fetchOHLCV };
}

const query = (limit: number, since?: number): CandleQuery => ({
  symbol: 'BTC/USDT',
  timeframe: '1h',
  limit,
  nowMs: NOW,
  ...(since === undefined ? {} : { since }),
});

describe('candles of an exchange with a cap per call', () => {
  const caps = { newest: 300, since: 100 };

  it('come in one call when they fit', async () => {
    const exchange = cappedExchange(300);
    const columns = await fetchCandlePages(exchange, query(300), caps);
    assert.equal(columns.openTime.length, 300);
    assert.deepEqual(exchange.calls, [[undefined, 300]]);
  });

  it('come in pages from the oldest when they do not, without hole or double', async () => {
    const exchange = cappedExchange(100);
    const { openTime } = await fetchCandlePages(exchange, query(350), caps);
    assert.equal(openTime.length, 350);
    assert.deepEqual(
      [...openTime],
      Array.from({ length: 350 }, (_, index) => OPEN - (349 - index) * HOUR),
    );
    assert.equal(exchange.calls.length, 4);
  });

  it('go on behind a page that was cut short', async () => {
    const { openTime } = await fetchCandlePages(cappedExchange(70), query(350), caps);
    assert.equal(openTime.length, 350);
  });

  it('that were listed inside the window are found behind empty pages', async () => {
    const exchange = cappedExchange(100, OPEN - 20 * HOUR);
    const { openTime } = await fetchCandlePages(exchange, query(350), caps);
    assert.equal(openTime.length, 21);
    assert.ok(exchange.calls.length <= 5);
  });

  it('since a time are asked for by count alone when they are few: a top-up', async () => {
    const exchange = cappedExchange(300);
    const { openTime } = await fetchCandlePages(exchange, query(300, OPEN - 2 * HOUR), caps);
    assert.deepEqual([...openTime], [OPEN - 2 * HOUR, OPEN - HOUR, OPEN]);
    assert.deepEqual(exchange.calls, [[undefined, 3]]);
  });

  it('since the future need no call', async () => {
    const exchange = cappedExchange(300);
    const { openTime } = await fetchCandlePages(exchange, query(300, NOW + 1), caps);
    assert.equal(openTime.length, 0);
    assert.deepEqual(exchange.calls, []);
  });

  it('that takes only certain counts are asked for in the next larger one', async () => {
    const exchange = cappedExchange(1_000);
    const { openTime } = await fetchCandlePages(exchange, query(251), {
      newest: 1_000,
      since: 1_000,
      steps: [5, 10, 50, 100, 500, 1_000],
    });
    assert.equal(openTime.length, 251);
    assert.deepEqual(exchange.calls, [[undefined, 500]]);
  });

  it('have a smaller cap on some timeframes', async () => {
    const exchange = cappedExchange(90);
    await fetchCandlePages(exchange, query(120), { ...caps, newestByTimeframe: { '1h': 90 } });
    assert.ok(exchange.calls.every(([since]) => since !== undefined));
  });
});

describe('1,500 candles of an exchange that gives 1,000', () => {
  const exchange = openSource({ symbols: 1 });

  it('arrive whole through two requests', async () => {
    const { openTime } = await exchange.source.fetchCandles({
      symbol: 'BTC/USDT',
      timeframe: '1h',
      limit: 1_500,
    });
    assert.equal(openTime.length, 1_500);
    assert.equal((openTime.at(-1) ?? 0) - (openTime[0] ?? 0), 1_499 * HOUR);
    assert.equal(exchange.server.requests.filter((request) => request.path === 'klines').length, 2);
  });
});
