import type { Clock } from '@fast-scanner/shared';
import type { MarketFeeds } from '../market-data/market-feed.ts';
import type { Analyst } from '../scanners/common/analyst.ts';
import type { Backtester } from '../scanners/market-scan/backtester.ts';
import type { ModelTrainer } from '../scanners/models/model-trainer.ts';
import type { Store } from '../store/store.ts';

/** Parts a caller may bring along instead of the usual ones. */
export interface EngineOverrides {
  readonly clock?: Clock;
  readonly store?: Store;
  readonly feeds?: MarketFeeds;
  readonly analyst?: Analyst;
  readonly backtester?: Backtester;
  readonly trainer?: ModelTrainer;
  /** Files of the operator's own strategies. They run with all rights of the process. */
  readonly strategyFiles?: readonly string[];
  readonly symbolDeadlineMs?: number;
  /** Whether `open` takes up what the last process left unfinished, and starts the schedule and the upkeep. Default true. */
  readonly resumesWork?: boolean;
  /** Hears what is done in the background, for the log. Default: nobody does. */
  readonly onNote?: (text: string, details: Readonly<Record<string, unknown>>) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}
