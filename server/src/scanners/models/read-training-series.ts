import {
  type CandleSeries,
  type Clock,
  createSeries,
  type ErrorCode,
  ScannerError,
  sleep,
  sliceColumns,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import { cleanCandles } from '../../market-data/clean-candles.ts';
import { withDeadline } from '../../market-data/deadline.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { tradesInSessions } from '../../market-data/session-candles.ts';
import { toSharedColumns } from '../../market-data/shared-columns.ts';
import { TRAINING_CANDLES } from './training-policy.ts';

export interface TrainingRead {
  readonly feed: MarketFeed;
  readonly timeframe: Timeframe;
  readonly symbols: readonly string[];
  /** Close of the newest candle that may be read. */
  readonly cutoff: number;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onRead: (done: number) => void;
}

export interface TrainingSeries {
  readonly series: readonly CandleSeries[];
  /** The symbols that could not be read, each with its reason. */
  readonly unread: readonly string[];
}

/** Longest time one symbol may take. */
const DEADLINE_MS = 30_000;
/** Between two symbols of a live exchange, which answers each in several requests: most of its budget is left to scans. */
const PAUSE_MS = 500;
/** Stocks trade a third of the day on five days of seven, and rest on holidays. */
const SESSION_FACTOR = 6;

/** Failures that are about a symbol, as opposed to "the exchange is in trouble". */
const SYMBOL_TROUBLES: readonly ErrorCode[] = [
  'no_data',
  'bad_data',
  'stale_data',
  'symbol_unknown',
  'delisted',
  'not_supported',
];

/**
 * Reads the past of the symbols, one after the other and each when no scan wants the place, so that an exchange has at most one more
 * request to answer. Treated as live windows are: gaps are filled, broken series left out.
 * @throws ScannerError the exchange's code when it is in trouble
 */
export async function readTrainingSeries(read: TrainingRead): Promise<TrainingSeries> {
  const { feed, symbols, queue, clock, signal, onRead } = read;
  const series: CandleSeries[] = [];
  const unread: string[] = [];
  for (const [index, symbol] of symbols.entries()) {
    if (index > 0 && feed.dataSource.kind === 'live') await sleep(clock, PAUSE_MS, signal);
    const work = () =>
      withDeadline({ clock, signal, deadlineMs: DEADLINE_MS }, (inner) =>
        readTrainingCandles(symbol, read, inner),
      );
    try {
      series.push(await queue.run(work, { priority: 'background', owner: 'models', signal }));
    } catch (error) {
      if (!isSymbolTrouble(error)) throw error;
      unread.push(`${symbol}: ${error.message}`);
    }
    onRead(index + 1);
  }
  return { series, unread };
}

/** Whether only this symbol cannot be learned from. */
export function isSymbolTrouble(error: unknown): error is ScannerError {
  return error instanceof ScannerError && SYMBOL_TROUBLES.includes(error.code);
}

/** The newest candles of a symbol that had closed at the cutoff. @throws ScannerError */
export async function readTrainingCandles(
  symbol: string,
  { feed, timeframe, cutoff }: Pick<TrainingRead, 'feed' | 'timeframe' | 'cutoff'>,
  signal: AbortSignal,
): Promise<CandleSeries> {
  const isSession = tradesInSessions(symbol);
  const span = TRAINING_CANDLES * timeframeMs(timeframe) * (isSession ? SESSION_FACTOR : 1);
  const { candles } = await feed.history({ symbol, timeframe, from: cutoff - span, to: cutoff }, { signal });
  const closed = isSession ? candles : cleanCandles(candles, { timeframe, nowMs: cutoff }).closed;
  return createSeries(symbol, timeframe, toSharedColumns(sliceColumns(closed, -TRAINING_CANDLES)));
}
