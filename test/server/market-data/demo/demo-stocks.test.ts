import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { nyseSessions } from '@fast-scanner/server/market-data/sessions/nyse-sessions.ts';
import { SP500, sectorOf } from '@fast-scanner/server/market-data/universes/sp500.ts';
import { type CandleColumns, rowsFromColumns, type Timeframe } from '@fast-scanner/shared';
import { countTurns } from '../../../support/count-turns.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { correlation, DAY, demoAt, logReturns, mean } from './demo-market.ts';

const NOW = Date.UTC(2026, 0, 6, 12, 34, 20);
const FROM = Date.UTC(2013, 1, 8);
const TO = Date.UTC(2018, 1, 8);

describe('the simulated stocks', () => {
  const feedAt = (nowMs: number, seed = 1) =>
    createCandleFeed(demoAt(nowMs, seed), { clock: new FakeClock(nowMs) });
  const read = async (
    symbol: string,
    options: { now?: number; seed?: number; timeframe?: Timeframe } = {},
  ) => {
    const { now = NOW, seed = 1, timeframe = '1d' } = options;
    return (await feedAt(now, seed).history({ symbol, timeframe, from: FROM, to: TO })).candles;
  };

  it('are those of the S&P 500, listed after the coins and marked as stocks', async () => {
    const stocks = (await demoAt(NOW).listMarkets()).slice(200);
    assert.deepEqual(
      stocks.map(({ symbol }) => symbol),
      SP500.members.map(({ ticker }) => ticker),
    );
    assert.deepEqual(stocks[1], {
      symbol: 'AAPL',
      base: 'AAPL',
      quote: null,
      kind: 'stock',
      active: true,
      tickSize: 0.01,
    });
  });

  it('have a candle for every session of the New York Stock Exchange and no other', async () => {
    const { candles, quality } = await feedAt(NOW).history({
      symbol: 'MSFT',
      timeframe: '1d',
      from: 0,
      to: NOW,
    });
    assert.deepEqual([...candles.openTime], nyseSessions(Date.UTC(2012, 0, 1), NOW - DAY + 1));
    assert.deepEqual([quality.missing, quality.rejected], [0, 0]);
  });

  it('depend on the seed and the time alone: not on when, and in which order, they are asked for', async () => {
    const source = feedAt(NOW);
    await source.history({ symbol: 'MSFT', timeframe: '1d', from: FROM, to: FROM + 30 * DAY });
    await source.history({ symbol: 'MSFT', timeframe: '1d', from: FROM, to: NOW });
    const later = await source.history({ symbol: 'MSFT', timeframe: '1d', from: FROM, to: TO });
    assert.deepEqual(later.candles, await read('MSFT'));
    assert.notDeepEqual(await read('MSFT', { seed: 2 }), await read('MSFT'));
    const early = rowsFromColumns(await read('MSFT', { now: FROM + 400 * DAY }));
    assert.deepEqual(early, rowsFromColumns(await read('MSFT')).slice(0, early.length));
    assert.ok(early.length > 270);
  });

  it('show a session once its date is over, and the ticker of its close', async () => {
    const friday = Date.UTC(2024, 1, 9);
    for (const [now, newest] of [
      [friday + DAY - 1, friday - DAY],
      [friday + DAY, friday],
      [friday + 3 * DAY, friday],
    ] as const) {
      const source = demoAt(now);
      const { openTime, close } = await source.fetchCandles({ symbol: 'AAPL', timeframe: '1d', limit: 2 });
      assert.equal(openTime.length, 2);
      assert.equal(openTime[1], newest);
      const ticker = (await source.fetchTickers(['AAPL'])).get('AAPL');
      assert.equal(ticker?.last, close[1]);
      assert.equal(ticker?.change24hPct, ((close[1] ?? 0) / (close[0] ?? 0) - 1) * 100);
      assert.equal(ticker?.timestamp, newest + DAY);
    }
  });

  it('have weekly candles made of the daily ones, and none shorter than a day', async () => {
    const [days, weeks] = [await read('AAPL'), await read('AAPL', { timeframe: '1w' })];
    const [, , , second] = rowsFromColumns(weeks);
    assert.ok(second);
    const within = rowsFromColumns(days).filter(([time]) => time >= second[0] && time < second[0] + 7 * DAY);
    assert.equal(within.length, 5);
    assert.deepEqual(second.slice(1, 5), [
      within[0]?.[1],
      Math.max(...within.map((row) => row[2])),
      Math.min(...within.map((row) => row[3])),
      within[4]?.[4],
    ]);
    await assert.rejects(read('AAPL', { timeframe: '1h' }), {
      code: 'not_supported',
      message: /1d and 1w, not of 1h/,
    });
  });

  describe('over five years, all of them', () => {
    const paths = new Map<string, CandleColumns>();
    let turns = 0;
    let tookMs = Number.NaN;

    before(async () => {
      const feed = feedAt(NOW);
      const startedAt = performance.now();
      turns = await countTurns(async () => {
        for (const { ticker } of SP500.members) {
          const { candles } = await feed.history({ symbol: ticker, timeframe: '1d', from: FROM, to: TO });
          paths.set(ticker, candles);
        }
      });
      tookMs = performance.now() - startedAt;
    });

    it('are made in about a second, and the event loop gets a turn every few stocks', () => {
      assert.equal(paths.size, 503);
      for (const { openTime } of paths.values()) assert.equal(openTime.length, 1_259);
      assert.ok(turns >= 80, `${turns} turns`);
      assert.ok(tookMs < 8_000, `took ${tookMs} ms`);
    });

    it('cost between a dollar and ten thousand, and are about as volatile as real ones', () => {
      for (const [ticker, { close, low, high }] of paths) {
        assert.ok(Math.min(...low) > 1 && Math.max(...high) < 10_000, ticker);
        const yearly = Math.sqrt(mean(logReturns(close).map((value) => value ** 2)) * 252);
        assert.ok(yearly > 0.12 && yearly < 0.7, `${ticker}: ${yearly}`);
      }
    });

    it('move together, most within a sector, and some win while others lose', () => {
      const sample = SP500.members.filter((_, index) => index % 14 === 0).map(({ ticker }) => ticker);
      const returns = sample.map((ticker) => logReturns(paths.get(ticker)?.close ?? new Float64Array()));
      const [same, other]: [number[], number[]] = [[], []];
      for (let left = 0; left < sample.length; left += 1) {
        for (let right = left + 1; right < sample.length; right += 1) {
          const isSame = sectorOf(sample[left] ?? '') === sectorOf(sample[right] ?? '');
          (isSame ? same : other).push(correlation(returns[left] ?? [], returns[right] ?? []));
        }
      }
      assert.ok(mean(other) > 0.15 && mean(same) > mean(other) + 0.05, `${mean(same)}, ${mean(other)}`);
      const gains = [...paths.values()].map(({ close }) => (close.at(-1) ?? 0) / (close[0] ?? 1));
      const losers = gains.filter((gain) => gain < 1).length;
      assert.ok(losers > 5 && losers < 400, `${losers} losers`);
    });
  });
});
