import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import {
  createYahooMarketData,
  type YahooMarketDataOptions,
} from '@fast-scanner/server/market-data/yahoo/yahoo-market-data.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

export const NOW = Date.UTC(2024, 5, 12, 15);

/** A Yahoo source and its feed without a governor. */
export function openYahoo(
  options: Pick<YahooMarketDataOptions, 'cacheDir' | 'baseUrl'> & Partial<YahooMarketDataOptions>,
) {
  const { clock = new FakeClock(NOW) } = options;
  const source = createYahooMarketData({ run: (work) => work(), ...options, clock });
  return { source, feed: createCandleFeed(source, { clock }) };
}
