import assert from 'node:assert/strict';
import { DEMO_LISTINGS } from '@fast-scanner/server/market-data/demo/demo-listings.ts';
import { countTurns } from '../../../support/count-turns.ts';
import { demoAt } from './demo-market.ts';

const NOW = Date.UTC(2026, 0, 6, 12, 34, 20);
const symbols = DEMO_LISTINGS.map(([base]) => `${base}/USDT`);

describe('the demo market lets others work', () => {
  it('gives the event loop a turn many times while it computes much', async () => {
    const source = demoAt(NOW);
    const turns = await countTurns(() => source.fetchTickers(symbols));
    assert.ok(turns >= 100, `${turns} turns for 200 tickers`);
  });

  it('shares its turns between calls that run at the same time', async () => {
    const source = demoAt(NOW);
    const weekly = { timeframe: '1w', limit: 500 } as const;
    const calls = () => symbols.slice(0, 4).map((symbol) => source.fetchCandles({ symbol, ...weekly }));
    const turns = await countTurns(() => Promise.all(calls()));
    assert.ok(turns >= 100, `${turns} turns for 4 × 500 weekly candles`);
  });

  it('computes the usual scan in a moment', async () => {
    const scan = (count: number) => {
      const source = demoAt(NOW);
      const requests = symbols
        .slice(0, count)
        .map((symbol) => ({ symbol, timeframe: '1h', limit: 300 }) as const);
      return Promise.all(requests.map((request) => source.fetchCandles(request)));
    };
    await scan(5); // compiles the code
    const before = process.cpuUsage();
    await scan(20);
    const { user } = process.cpuUsage(before); // others who are busy on this machine do not count
    assert.ok(user < 500_000, `${user} µs of computing`);
  });

  it('stops computing when the call is aborted', async () => {
    const controller = new AbortController();
    const call = demoAt(NOW).fetchTickers(symbols, { signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await assert.rejects(call, /enough/);
  });
});
