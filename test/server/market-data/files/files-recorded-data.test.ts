import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createFilesMarketData } from '@fast-scanner/server/market-data/files/files-market-data.ts';
import { timeframeMs } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';

const DIRECTORY = '../shared/data/crypto/binance-spot-2025-15m';

describe('the files exchange over recorded Binance candles', () => {
  before(function () {
    if (existsSync(DIRECTORY)) return;
    console.log('skipped: no recorded data');
    this.skip();
  });

  it('reads 30 symbols of 2,879 candles well within a second', async () => {
    const source = await createFilesMarketData({
      directory: DIRECTORY,
      asOf: null,
      speed: 0,
      clock: new FakeClock(),
    });
    const startedAt = performance.now();
    const markets = await source.listMarkets();
    assert.equal(markets.length, 30);
    assert.ok(markets.every(({ active, tickSize }) => active && tickSize !== null && tickSize > 0));
    for (const { symbol } of markets) {
      const candles = await source.fetchCandles({ symbol, timeframe: '15m', limit: 5_000 });
      assert.equal(candles.openTime.length, 2_879);
      assert.equal((candles.openTime.at(-1) ?? 0) + timeframeMs('15m'), source.now());
      const hours = await source.fetchCandles({ symbol, timeframe: '4h', limit: 100 });
      assert.equal(hours.close.at(-1), candles.close.at(-1));
    }
    assert.equal((await source.fetchTickers(markets.map(({ symbol }) => symbol))).size, 30);
    const tookMs = performance.now() - startedAt;
    assert.ok(tookMs < 3_000, `took ${tookMs} ms`);
  });
});
