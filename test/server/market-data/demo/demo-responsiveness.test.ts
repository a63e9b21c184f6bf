import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
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
    const calls = () => symbols.slice(0, 10).map((symbol) => source.fetchCandles({ symbol, ...weekly }));
    const turns = await countTurns(() => Promise.all(calls()));
    assert.ok(turns >= 100, `${turns} turns for 10 × 500 weekly candles`);
  });

  it('computes the usual scan in a moment', async () => {
    const scan = (seed: number) => {
      const source = demoAt(NOW, seed);
      const requests = symbols
        .slice(0, 20)
        .map((symbol) => ({ symbol, timeframe: '1h', limit: 300 }) as const);
      return Promise.all(requests.map((request) => source.fetchCandles(request)));
    };
    await scan(1);
    const startedAt = performance.now();
    await scan(2);
    assert.ok(performance.now() - startedAt < 500);
  });

  it('stops computing when the call is aborted', async () => {
    const controller = new AbortController();
    const call = demoAt(NOW).fetchTickers(symbols, { signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await assert.rejects(call, /enough/);
  });
});
