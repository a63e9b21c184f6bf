import { setImmediate } from 'node:timers/promises';
import { type Clock, CONTINUOUS_BUFFERS, ScannerError } from '@fast-scanner/shared';
import pLimit from 'p-limit';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import { withDeadline } from '../../market-data/deadline.ts';
import { isOfExchange } from '../common/is-of-exchange.ts';
import type { FollowedExchange } from './followed-exchange.ts';
import type { FollowedSeries } from './followed-series.ts';

export interface ReadSeriesOptions {
  readonly exchange: FollowedExchange;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

export interface SeriesReadings {
  /** Series that have new closed candles. */
  readonly updated: readonly FollowedSeries[];
  readonly failures: readonly ScannerError[];
}

interface Outcome {
  readonly updated?: FollowedSeries;
  readonly failure?: ScannerError;
}

const DEADLINE_MS = 30_000;

/**
 * Reads series in which a candle may have closed. One that fails is left alone for a while and stops no other; when the exchange is down,
 * the rest is left for a later time. A symbol's series are read one after the other, so that a symbol that hangs takes one place.
 */
export async function readDueSeries(
  options: ReadSeriesOptions,
  signal: AbortSignal,
): Promise<SeriesReadings> {
  const { symbols, symbolsAtOnce } = options.exchange;
  const limit = pLimit(symbolsAtOnce);
  const due = symbols.map(({ series }) => series.filter(({ isDue }) => isDue));
  const outcomes = await Promise.all(
    due.flatMap((series) => (series.length > 0 ? limit(() => readSymbol(series, options, signal)) : [])),
  );
  signal.throwIfAborted();
  return {
    updated: outcomes.flat().flatMap(({ updated }) => updated ?? []),
    failures: outcomes.flat().flatMap(({ failure }) => failure ?? []),
  };
}

/** When the exchange does not answer for one series, it is not asked for the others now. */
async function readSymbol(
  series: readonly FollowedSeries[],
  options: ReadSeriesOptions,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of series) {
    const outcome = await look(one, options, signal);
    outcomes.push(outcome);
    if (outcome.failure && isOfExchange(outcome.failure)) break;
  }
  return outcomes;
}

async function look(one: FollowedSeries, options: ReadSeriesOptions, signal: AbortSignal): Promise<Outcome> {
  const { exchange, queue, clock, onBug } = options;
  if (exchange.isResting || signal.aborted) return {};
  const task = { priority: 'background', owner: `continuous ${exchange.id}`, signal } as const;
  const deadline = { clock, signal, deadlineMs: DEADLINE_MS };
  try {
    const isNew = await queue.run(() => withDeadline(deadline, (inner) => read(one, inner)), task);
    exchange.noteSuccess();
    return isNew ? { updated: one } : {};
  } catch (error) {
    if (signal.aborted) return {};
    if (!(error instanceof ScannerError)) onBug(error);
    const failure = toFailure(error, one);
    one.postpone();
    exchange.noteFailure(failure);
    return { failure };
  }
}

async function read(one: FollowedSeries, signal: AbortSignal): Promise<boolean> {
  const { feed, symbol, timeframe } = one.identity;
  const request = { symbol, timeframe, count: CONTINUOUS_BUFFERS.candles };
  const { series } = await feed.candles(request, { signal });
  await setImmediate(); // candles that are cached come at once, and all of them in a row would hold up the loop
  return one.update(series);
}

function toFailure(error: unknown, { identity }: FollowedSeries): ScannerError {
  const { symbol, timeframe } = identity;
  if (!(error instanceof ScannerError))
    return new ScannerError(
      'internal',
      `${symbol} ${timeframe}: an unexpected error; the log has the details`,
    );
  return new ScannerError(error.code, `${symbol} ${timeframe}: ${error.message}`);
}
