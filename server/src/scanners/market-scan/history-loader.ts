import {
  type Clock,
  candleOpenTime,
  type StockFailure,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import type { SymbolWork } from '../common/symbol-work.ts';
import type { StockHistory } from './backtester.ts';
import type { MarketScanInput, TimeRange } from './market-scan-record.ts';

export interface HistoryLoaderOptions {
  readonly feed: MarketFeed;
  readonly queue: WorkQueue;
  readonly work: SymbolWork;
  readonly range: TimeRange;
  readonly interval: Timeframe;
  readonly clock: Clock;
}

export interface LoadedStock extends StockHistory {
  /** Broken rows that were left out. */
  readonly rejectedRows: number;
  /** How long it took, once it was its turn. */
  readonly readMs: number;
}

export interface UnreadStock {
  readonly failure: StockFailure;
  readonly readMs: number;
}

const YEARS_BACK_MS = 5 * 365.25 * 86_400_000;
const CANDLES_BACK = 5_000;
const DAY_MS = 86_400_000;
/** A live source may not tell a candle at once when it has closed. */
const SETTLING_MS = 5_000;

/**
 * The time a job looks at. Without a start: everything of recorded data, else five years of daily and longer candles, 5,000 of shorter
 * ones. It ends where it was asked to, and never later than the candle that is open now: while a job is at work others close, and some of
 * its stocks would have one more than the others.
 */
export function rangeOf(
  { from, to, interval, dataSource }: Pick<MarketScanInput, 'from' | 'to' | 'interval' | 'dataSource'>,
  now: number,
): TimeRange {
  const isShort = timeframeMs(interval) < DAY_MS;
  const length = isShort ? CANDLES_BACK * timeframeMs(interval) : YEARS_BACK_MS;
  const start = dataSource.kind === 'recorded' ? 0 : Math.max(0, now - length);
  const settled = dataSource.kind === 'live' ? now - SETTLING_MS : now;
  const opened = candleOpenTime(settled, interval);
  return { from: from ?? start, to: to === null ? opened : Math.min(to, opened) };
}

/** Reads the past of symbols, a few at a time. */
export class HistoryLoader {
  readonly #options: HistoryLoaderOptions;

  constructor(options: HistoryLoaderOptions) {
    this.#options = options;
  }

  /** @throws what ends the whole job */
  async load(ticker: string): Promise<LoadedStock | UnreadStock> {
    const { work, queue, feed, range, interval: timeframe, clock } = this.#options;
    let startedAt = clock.monotonic();
    try {
      const { candles, quality } = await work.run(ticker, {
        queue,
        analyze: async (symbol, signal) => {
          startedAt = clock.monotonic();
          return feed.history({ symbol, timeframe, ...range }, { signal });
        },
      });
      const readMs = clock.monotonic() - startedAt;
      return { ticker, candles, rejectedRows: quality.rejected, readMs };
    } catch (error) {
      const { reason: code, detail } = work.toFailure(ticker, error);
      return { failure: { ticker, error: detail, code }, readMs: clock.monotonic() - startedAt };
    }
  }
}

export function isLoaded(stock: LoadedStock | UnreadStock): stock is LoadedStock {
  return 'candles' in stock;
}
