import { type ContinuousConfig, TRADING_STYLES } from '@fast-scanner/shared';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { FollowedSeries } from './followed-series.ts';

/** One symbol of one exchange with its timeframes. The same symbol on two exchanges is two of these. */
export interface FollowedSymbol {
  readonly feed: MarketFeed;
  readonly symbol: string;
  readonly series: readonly FollowedSeries[];
}

export function followSymbol(
  feed: MarketFeed,
  symbol: string,
  { timeframes }: Pick<ContinuousConfig, 'timeframes'>,
): FollowedSymbol {
  const series = TRADING_STYLES.map(
    (style) => new FollowedSeries({ feed, symbol, style, timeframe: timeframes[style] }),
  );
  return { feed, symbol, series };
}

/** What the symbol's ticks are filed under. */
export function tickKey({ feed, symbol }: Pick<FollowedSymbol, 'feed' | 'symbol'>): string {
  return `${feed.dataSource.exchange} ${symbol}`;
}
