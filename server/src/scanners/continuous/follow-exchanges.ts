import type { Clock } from '@fast-scanner/shared';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import { FollowedExchange } from './followed-exchange.ts';
import type { StoredRun } from './stored-run.ts';

export interface FollowExchangesOptions {
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
  /** Hears why an exchange is left out. */
  readonly onFailure: (error: unknown) => void;
}

/** The exchanges of a run. One that cannot be opened is left out. @throws ScannerError when none can */
export async function followExchanges(
  { request, symbols }: StoredRun,
  { feeds, clock, onFailure }: FollowExchangesOptions,
): Promise<readonly FollowedExchange[]> {
  const { timeframes } = request.config;
  const names = Object.entries(symbols);
  const opened = await Promise.allSettled(names.map(([exchange]) => feeds.get(exchange)));
  const followed = opened.flatMap((feed, index) => {
    const [, listed = []] = names[index] ?? [];
    return feed.status === 'fulfilled' ? new FollowedExchange(feed.value, listed, { timeframes, clock }) : [];
  });
  const failures = opened.flatMap((feed) => (feed.status === 'rejected' ? [feed.reason] : []));
  if (followed.length === 0) throw failures[0];
  for (const failure of failures) onFailure(failure);
  return followed;
}
