import { type CandleFeedOptions, createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import type { MarketDataSource } from '@fast-scanner/server/market-data/market-data-source.ts';
import type { DataSource } from '@fast-scanner/shared';
import { FakeClock } from './fake-clock.ts';
import { randomSeries } from './random-series.ts';
import { RecordedSource } from './recorded-source.ts';

export const HOUR = 3_600_000;

/** Half past an hour. */
export const FEED_START = Date.UTC(2026, 0, 5, 12, 30);

export interface FeedSetupOptions extends Partial<CandleFeedOptions> {
  readonly kind?: DataSource['kind'];
  readonly inactive?: readonly string[];
  /** What the source pushes; default: it cannot. */
  readonly watchTickers?: MarketDataSource['watchTickers'];
}

/** A feed over a recorded source of hourly BTC/USDT and ETH/USDT candles that go on for 500 hours, and the clock both live by. */
export function feedSetup({ kind, inactive, watchTickers, ...options }: FeedSetupOptions = {}) {
  const clock = new FakeClock(FEED_START);
  const newestOpenTime = FEED_START - HOUR / 2 + 500 * HOUR;
  const series = ['BTC/USDT', 'ETH/USDT'].map((symbol, seed) =>
    randomSeries({ symbol, count: 1_500, newestOpenTime, seed }),
  );
  const source = new RecordedSource({
    series,
    now: () => clock.now(),
    ...(kind ? { kind } : {}),
    ...(inactive ? { inactive } : {}),
  });
  if (watchTickers) Object.assign(source, { watchTickers });
  const openFeed = () => createCandleFeed(source, { clock, ...options });
  return { clock, source, openFeed, feed: openFeed() };
}
