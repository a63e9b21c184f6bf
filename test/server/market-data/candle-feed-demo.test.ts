import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createDemoMarketData } from '@fast-scanner/server/market-data/demo/demo-market-data.ts';
import { lastClosedOpenTime, rowsFromColumns } from '@fast-scanner/shared';
import { FakeClock } from '../../support/fake-clock.ts';

describe('createCandleFeed over the simulated market', () => {
  it('gives by topping up what fetching anew gives, over the closes of every timeframe', async () => {
    const clock = new FakeClock(Date.UTC(2026, 0, 4, 22, 30));
    const source = createDemoMarketData({ seed: 1, latencyMs: 0, clock });
    const feed = createCandleFeed(source, { clock });
    for (let turn = 0; turn < 3; turn += 1) {
      for (const timeframe of ['1m', '15m', '1h', '4h', '1d', '1w'] as const) {
        const request = { symbol: 'BTC/USDT', timeframe, count: 120 };
        const { series, quality } = await feed.candles(request);
        const anew = await createCandleFeed(source, { clock }).candles(request);
        assert.deepEqual(rowsFromColumns(series), rowsFromColumns(anew.series));
        assert.equal(series.openTime.at(-1), lastClosedOpenTime(clock.now(), timeframe));
        assert.deepEqual(quality, { rejected: 0, filled: 0 });
      }
      clock.jumpWall(47 * 60_000);
    }
    await feed.close();
  });
});
