import { type Clock, type ContinuousConfig, TRADING_STYLES } from '@fast-scanner/shared';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { FollowedSeries } from './followed-series.ts';

/** One symbol of one exchange with its timeframes. The same symbol on two exchanges is two of these. */
export interface FollowedSymbol {
  readonly feed: MarketFeed;
  readonly symbol: string;
  readonly series: readonly FollowedSeries[];
}

export interface FollowOptions {
  readonly timeframes: ContinuousConfig['timeframes'];
  readonly clock: Clock;
}

export function followSymbol(
  feed: MarketFeed,
  symbol: string,
  { timeframes, clock }: FollowOptions,
): FollowedSymbol {
  const series = TRADING_STYLES.map(
    (style) => new FollowedSeries({ feed, symbol, style, timeframe: timeframes[style] }, clock),
  );
  return { feed, symbol, series };
}
