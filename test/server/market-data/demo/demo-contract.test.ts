import { createDemoMarketData } from '@fast-scanner/server/market-data/demo/demo-market-data.ts';
import { TIMEFRAMES } from '@fast-scanner/shared';
import { marketDataSourceContract } from '../../../contracts/market-data-source.contract.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

marketDataSourceContract('demo', async () => ({
  source: createDemoMarketData({
    seed: 1,
    latencyMs: 0,
    clock: new FakeClock(Date.UTC(2026, 0, 6, 12, 34, 20)),
  }),
  symbols: ['BTC/USDT', 'PEPE/USDT', '1INCH/USDT'],
  timeframes: TIMEFRAMES,
}));
