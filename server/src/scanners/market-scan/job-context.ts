import type { Clock } from '@fast-scanner/shared';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Backtester } from './backtester.ts';

/** What the jobs of this room work with. */
export interface JobContext {
  readonly feeds: MarketFeeds;
  /** Where reading a symbol's past waits its turn. */
  readonly quickQueue: WorkQueue;
  readonly backtester: Backtester;
  readonly clock: Clock;
  /** Longest time reading one symbol may take. */
  readonly historyDeadlineMs: number;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}
