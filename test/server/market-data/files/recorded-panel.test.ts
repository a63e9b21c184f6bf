import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createFilesMarketData } from '@fast-scanner/server/market-data/files/files-market-data.ts';
import { countTurns } from '../../../support/count-turns.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const DIRECTORY = '../shared/data';

describe('the files exchange over the recorded S&P 500', () => {
  before(function () {
    if (existsSync(`${DIRECTORY}/stocks`)) return;
    console.log('skipped: no recorded data');
    this.skip();
  });

  it('reads 505 tickers over 1,259 days and rejects the 23 broken rows, quickly and without holding up the event loop', async () => {
    const clock = new FakeClock();
    const options = { directory: DIRECTORY, asOf: Date.UTC(2018, 1, 8), speed: 0, clock };
    const feed = createCandleFeed(await createFilesMarketData(options), { clock });
    const startedAt = performance.now();
    const turns = await countTurns(() => feed.markets());
    const readMs = performance.now() - startedAt;
    const stocks = (await feed.markets()).filter(({ symbol }) => symbol !== 'SPY');
    assert.equal(stocks.length, 505);
    assert.ok(readMs < 5_000, `took ${readMs} ms`);
    assert.ok(turns >= 100, `${turns} turns of the event loop`);

    const range = { timeframe: '1d', from: 0, to: feed.now() } as const;
    const reasons = new Map<string, number>();
    const days = new Set<number>();
    let rows = 0;
    let gappy = 0;
    for (const { symbol } of stocks) {
      const { candles, quality } = await feed.history({ symbol, ...range });
      for (const { reason } of quality.rejections) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      for (const openTime of candles.openTime) days.add(openTime);
      rows += quality.rows;
      if ((quality.missing ?? 0) > quality.rejected) gappy += 1;
    }
    assert.equal(rows, 619_040);
    assert.equal(days.size, 1_259);
    assert.deepEqual(Object.fromEntries(reasons), { missing_value: 11, high_low: 12 });
    assert.equal(gappy, 6);
  });
});
