import assert from 'node:assert/strict';
import { createDemoMarketData } from '@fast-scanner/server/market-data/demo/demo-market-data.ts';
import { type CandleColumns, rowsFromColumns, TIMEFRAMES, timeframeMs } from '@fast-scanner/shared';
import fc from 'fast-check';
import { FakeClock } from '../../../support/fake-clock.ts';
import { DAY, demoAt, MINUTE } from './demo-market.ts';

const NOW = Date.UTC(2026, 0, 6, 12, 34, 20);
const RUNS = { numRuns: process.env['SOAK'] ? 200 : 12, seed: 7 };
const TICKER_RUNS = { numRuns: process.env['SOAK'] ? 20 : 4, seed: 3 };
const anyMoment = fc.integer({ min: Date.UTC(2015, 1, 1), max: Date.UTC(2028, 0, 1) });
const anyTimeframe = fc.constantFrom(...TIMEFRAMES);
const anySymbol = fc.constantFrom('BTC/USDT', 'SHIB/USDT', 'MKR/USDT', 'BTT/USDT', 'AEVO/USDT');
const lotsOf = (volume: number) => Math.round(volume * 1e8);

describe('the demo market', () => {
  it('is the same in every process with the same seed, and another with another', async () => {
    const request = { symbol: 'SOL/USDT', timeframe: '5m', limit: 100 } as const;
    const candles = await demoAt(NOW).fetchCandles(request);
    assert.deepEqual(await demoAt(NOW).fetchCandles(request), candles);
    assert.notDeepEqual((await demoAt(NOW, 2).fetchCandles(request)).close, candles.close);
  });

  it('gives the same candle whatever was asked before and whenever it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(anySymbol, anyTimeframe, anyMoment, async (symbol, timeframe, nowMs) => {
        const early = rowsFromColumns(await demoAt(nowMs).fetchCandles({ symbol, timeframe, limit: 5 }));
        const source = demoAt(nowMs + 3 * timeframeMs(timeframe));
        await source.fetchCandles({ symbol, timeframe: '1h', limit: 10 });
        const late = rowsFromColumns(await source.fetchCandles({ symbol, timeframe, limit: 8 }));
        assert.deepEqual(late.slice(0, 4), early.slice(0, 4));
      }),
      RUNS,
    );
  });

  it('forgets nothing that matters: a bounded cache makes the same candles again', async () => {
    const source = demoAt(NOW);
    const request = { symbol: 'BTC/USDT', timeframe: '30m', limit: 60 } as const;
    const before = await source.fetchCandles(request);
    for (const { symbol } of (await source.listMarkets()).slice(1, 5)) {
      await source.fetchCandles({ symbol, timeframe: '1w', limit: 600 });
    }
    assert.deepEqual(await source.fetchCandles(request), before);
  });

  it('aggregates exactly: every timeframe is made of the same minutes', async () => {
    await fc.assert(
      fc.asyncProperty(anySymbol, anyTimeframe, anyMoment, async (symbol, timeframe, nowMs) => {
        const source = demoAt(nowMs);
        const longer = await source.fetchCandles({ symbol, timeframe, limit: 2 });
        const finer = timeframeMs(timeframe) <= 4 * 60 * MINUTE ? '1m' : '15m';
        const limit = (2 * timeframeMs(timeframe)) / timeframeMs(finer);
        const shorter = await source.fetchCandles({ symbol, timeframe: finer, limit });
        longer.openTime.forEach((openTime, index) => {
          const row = rowsFromColumns(longer)[index];
          const parts = rowsFromColumns(shorter).filter(
            ([time]) => time >= openTime && time < openTime + timeframeMs(timeframe),
          );
          if (parts[0]?.[0] !== openTime) return;
          assert.deepEqual(row?.slice(0, 5), [
            openTime,
            parts[0][1],
            Math.max(...parts.map((part) => part[2])),
            Math.min(...parts.map((part) => part[3])),
            parts.at(-1)?.[4],
          ]);
          const volume = parts.reduce((sum, part) => sum + part[5], 0);
          assert.ok(Math.abs(lotsOf(volume) - lotsOf(row?.[5] ?? 0)) <= Math.abs(volume) * 1e-4 + 1);
        });
      }),
      RUNS,
    );
  });

  it('has an open candle that only grows: same open, wider range, more volume', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySymbol,
        anyTimeframe,
        anyMoment,
        fc.integer({ min: 1, max: 5 * MINUTE }),
        async (symbol, timeframe, nowMs, laterMs) => {
          const request = { symbol, timeframe, limit: 1 };
          const [early] = rowsFromColumns(await demoAt(nowMs).fetchCandles(request));
          const later = await demoAt(nowMs + laterMs).fetchCandles({ ...request, limit: 10 });
          const grown = rowsFromColumns(later).find(([openTime]) => openTime === early?.[0]);
          assert.ok(early && grown);
          assert.equal(grown[1], early[1]);
          assert.ok(grown[2] >= early[2] && grown[3] <= early[3] && grown[5] >= early[5]);
        },
      ),
      RUNS,
    );
  });

  it('begins a candle at its first price without volume in the very millisecond it opens', async () => {
    const openTime = Date.UTC(2026, 0, 6);
    const [previous, first] = rowsFromColumns(
      await demoAt(openTime).fetchCandles({ symbol: 'ETH/USDT', timeframe: '1d', limit: 2 }),
    );
    const open = previous?.[4];
    assert.deepEqual(first, [openTime, open, open, open, open, 0]);
  });

  it('has tickers that agree with the candles', async () => {
    await fc.assert(
      fc.asyncProperty(anySymbol, anyMoment, async (symbol, nowMs) => {
        const source = demoAt(nowMs);
        const ticker = (await source.fetchTickers([symbol])).get(symbol);
        assert.ok(ticker?.change24hPct);
        for (const timeframe of ['1m', '1h', '1w'] as const) {
          const { close } = await source.fetchCandles({ symbol, timeframe, limit: 1 });
          assert.equal(close[0], ticker.last);
        }
        const before = await demoAt(nowMs - DAY).fetchCandles({ symbol, timeframe: '1m', limit: 1 });
        assert.equal(ticker.change24hPct, (ticker.last / (before.close[0] ?? 0) - 1) * 100);
        const minutes = await source.fetchCandles({ symbol, timeframe: '1m', limit: 1_440 });
        assert.ok(Math.abs((ticker.quoteVolume24h ?? 0) / turnover(minutes) - 1) < 0.02);
      }),
      TICKER_RUNS,
    );
  });

  it('reaches back to the first week of 2015 and not further', async () => {
    const weeks = await demoAt(NOW).fetchCandles({ symbol: 'BTC/USDT', timeframe: '1w', limit: 5_000 });
    assert.ok(weeks.openTime.length >= 500);
    assert.equal(weeks.openTime[0], Date.UTC(2014, 11, 29));
    const before = demoAt(Date.UTC(2014, 5, 1));
    assert.equal(
      (await before.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1h', limit: 5 })).close.length,
      0,
    );
    assert.equal((await before.fetchTickers(['BTC/USDT'])).size, 0);
  });

  it('takes as long as the latency it is given, and an abort ends the wait', async () => {
    const clock = new FakeClock(NOW);
    const source = createDemoMarketData({ seed: 1, latencyMs: 80, clock });
    let answered = false;
    const answer = source.fetchTickers(['BTC/USDT']).then(() => {
      answered = true;
    });
    await clock.advance(79);
    assert.equal(answered, false);
    await clock.advance(1);
    await answer;
    const controller = new AbortController();
    const call = source.listMarkets({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await assert.rejects(call, /enough/);
    assert.equal(clock.pendingTimers, 0);
  });
});

function turnover(columns: CandleColumns): number {
  return rowsFromColumns(columns).reduce((sum, [, , high, low, close, volume]) => {
    return sum + ((high + low + close) / 3) * volume;
  }, 0);
}
