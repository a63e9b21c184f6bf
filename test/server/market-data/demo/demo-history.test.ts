import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { candleHistoryContract } from '../../../contracts/candle-history.contract.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { DAY, demoAt } from './demo-market.ts';

const NOW = Date.UTC(2026, 0, 6, 12, 34, 20);
const FROM = Date.UTC(2017, 5, 1);

describe('the past of the demo market', () => {
  candleHistoryContract('demo', async () => ({
    feed: createCandleFeed(demoAt(NOW), { clock: new FakeClock(NOW) }),
    dataSource: { exchange: 'demo', kind: 'simulated' },
    requests: [
      { symbol: 'AAPL', timeframe: '1d', from: FROM, to: FROM + 90 * DAY },
      { symbol: 'BRK.B', timeframe: '1w', from: FROM, to: NOW },
      { symbol: 'BTC/USDT', timeframe: '1d', from: FROM, to: FROM + 60 * DAY },
      { symbol: 'ETH/USDT', timeframe: '15m', from: NOW - DAY, to: NOW },
    ],
  }));
});
