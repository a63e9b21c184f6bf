import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import type { MarketFeed } from '@fast-scanner/server/market-data/market-feed.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { type CandleSeries, type Clock, rowsFromColumns, type ScannerError } from '@fast-scanner/shared';
import {
  CANDLE_FAULTS,
  type CandleFault,
  type ExchangeServer,
  exchangeOptionsFor,
  startExchangeServer,
} from '../../support/exchange-server/index.ts';
import { HOUR } from '../../support/feed-setup.ts';

/** What a scanner sees of each fault: candles equal to the right ones, or a typed reason. */
const EXPECTED: Readonly<Record<CandleFault, string>> = {
  empty: 'no_data',
  tooFew: 'the newest right candles',
  nan: 'bad_data',
  strings: 'bad_data',
  negative: 'bad_data',
  duplicated: 'the right candles',
  unordered: 'the right candles',
  gap: 'the right candles but for 3 filled',
  future: 'the right candles',
  noOpenCandle: 'the right candles',
  newestClosedMissing: 'stale_data',
};

/** Real time, but for the waits of the feed: they pass a hundred times faster. */
const hurriedClock: Clock = {
  ...systemClock,
  schedule: (delayMs, task) => systemClock.schedule(delayMs / 100, task),
};

/** Names what came in the words of {@link EXPECTED}. */
function describeWindow(series: CandleSeries, right: CandleSeries): string {
  const rightRows = rowsFromColumns(right).map(String);
  const rows = rowsFromColumns(series).map(String);
  const wrong = rows.filter((row) => !rightRows.includes(row)).length;
  if (rows.at(-1) !== rightRows.at(-1)) return 'not the newest candle';
  if (wrong > 0) return `the right candles but for ${wrong} filled`;
  return rows.length === rightRows.length ? 'the right candles' : 'the newest right candles';
}

describe('createCandleFeed over ccxt and a faulty exchange', () => {
  let server: ExchangeServer;
  const feeds: MarketFeed[] = [];
  // Half past the hour on the exchange's clock, wherever the real one stands.
  const offset = Math.floor(Date.now() / HOUR) * HOUR - HOUR / 2 - Date.now();
  const openFeed = () => {
    const options = exchangeOptionsFor(server);
    const source = createCcxtMarketData({ exchangeId: 'binance', options, clock: systemClock });
    const feed = createCandleFeed(source, { clock: hurriedClock });
    feeds.push(feed);
    return feed;
  };
  before(async () => {
    server = await startExchangeServer({ symbols: 2, now: () => Date.now() + offset });
  });
  after(async () => {
    await Promise.all(feeds.map((feed) => feed.close()));
    await server.close();
  });
  afterEach(() => server.reset());

  for (const fault of CANDLE_FAULTS) {
    const expected = EXPECTED[fault];
    it(`makes ${expected} of "${fault}"`, async () => {
      const feed = openFeed();
      const request = { symbol: 'BTC/USDT', timeframe: '1h', count: 250 } as const;
      const right = await openFeed().candles(request);
      server.script({ path: 'klines', fault: { kind: 'candles', fault } });
      const outcome = await feed.candles(request).then(
        ({ series }) => describeWindow(series, right.series),
        ({ code }: ScannerError) => code,
      );
      assert.equal(outcome, expected);
    });
  }
});
