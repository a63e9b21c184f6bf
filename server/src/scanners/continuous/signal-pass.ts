import { setImmediate } from 'node:timers/promises';
import {
  type Clock,
  CONTINUOUS_BUFFERS,
  type ContinuousConfig,
  type ContinuousSignal,
  ScannerError,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { computeSymbolSignal } from '../../analysis/continuous/symbol-signal.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import { withDeadline } from '../../market-data/deadline.ts';
import type { FollowedSeries } from './followed-series.ts';
import type { ToldCandles } from './told-candles.ts';

export interface SignalPassOptions {
  readonly series: readonly FollowedSeries[];
  readonly told: ToldCandles;
  readonly config: ContinuousConfig;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** What a pass over all series found. */
export interface PassFindings {
  readonly signals: readonly ContinuousSignal[];
  /** Series that have new closed candles. */
  readonly updated: readonly FollowedSeries[];
  /** Series that were looked at. */
  readonly looked: number;
  readonly failures: readonly ScannerError[];
}

const DEADLINE_MS = 30_000;
const OWNER = 'continuous';

/**
 * Reads every series in which a candle may have closed and computes its signal, one for each closed candle that was not told yet. A
 * series that fails is left alone for a while and stops no other. Between two series everybody else has a turn.
 */
export async function runSignalPass(options: SignalPassOptions, signal: AbortSignal): Promise<PassFindings> {
  const { series } = options;
  const due = series.filter((one) => one.isDue(one.identity.feed.now()));
  const outcomes = await Promise.all(due.map((one) => look(one, options, signal)));
  signal.throwIfAborted();
  return {
    signals: outcomes.flatMap((outcome) => (outcome.signal ? [outcome.signal] : [])),
    updated: outcomes.flatMap((outcome) => (outcome.updated ? [outcome.updated] : [])),
    looked: due.length,
    failures: outcomes.flatMap((outcome) => (outcome.failure ? [outcome.failure] : [])),
  };
}

interface Outcome {
  readonly signal?: ContinuousSignal | null;
  readonly updated?: FollowedSeries;
  readonly failure?: ScannerError;
}

async function look(one: FollowedSeries, options: SignalPassOptions, signal: AbortSignal): Promise<Outcome> {
  const { queue, clock, onBug } = options;
  const task = { priority: 'background', owner: OWNER, signal } as const;
  try {
    return await queue.run(
      () => withDeadline({ clock, signal, deadlineMs: DEADLINE_MS }, (inner) => read(one, options, inner)),
      task,
    );
  } catch (error) {
    signal.throwIfAborted();
    one.postpone(one.identity.feed.now());
    if (error instanceof ScannerError) return { failure: error };
    onBug(error);
    return { failure: new ScannerError('internal', 'an unexpected error; the log has the details') };
  }
}

async function read(one: FollowedSeries, options: SignalPassOptions, signal: AbortSignal): Promise<Outcome> {
  const { feed, symbol, style, timeframe } = one.identity;
  const request = { symbol, timeframe, count: CONTINUOUS_BUFFERS.candles };
  const { series } = await feed.candles(request, { signal });
  await setImmediate(); // candles that are cached come at once, and all the computing in a row would hold up the loop
  const newest = series.openTime.at(-1) ?? 0;
  const isNew = newest !== one.series?.openTime.at(-1);
  one.update(series);
  if (!isNew) return {};
  const { exchange } = feed.dataSource;
  const identity = { exchange, symbol, timeframe };
  if (options.told.isTold(identity, newest + timeframeMs(timeframe))) return { updated: one };
  const found = computeSymbolSignal(series, { style, config: options.config });
  const timestamp = toIsoTime(options.clock.now());
  return { updated: one, signal: { symbol, exchange, timestamp, ...found } };
}
