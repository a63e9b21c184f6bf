import {
  createSeries,
  lastClosedOpenTime,
  parseSymbol,
  ScannerError,
  sliceColumns,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import type { LoadRequest } from './candle-loader.ts';
import type { HeldCandles } from './held-candles.ts';
import type { MarketDataSource } from './market-data-source.ts';
import { readHistory } from './read-history.ts';
import { lastClosedSession } from './sessions/nyse-sessions.ts';

const WEEK_MS = 604_800_000;
/** Two days in seven are no sessions, some more are holidays. */
const PAUSE_FACTOR = 1.5;
/** Longer than any pause of the exchange. */
const SPARE_MS = 3 * WEEK_MS;

/** Whether a symbol trades in sessions: its candles do not follow each other without a pause. */
export function tradesInSessions(symbol: string): boolean {
  return parseSymbol(symbol)?.kind === 'stock';
}

/** Open time of the newest candle that a source should have by now; for stocks the newest session's. */
export function newestExpected(symbol: string, timeframe: Timeframe, nowMs: number): number {
  const isDaily = tradesInSessions(symbol) && timeframe === '1d';
  return isDaily ? lastClosedSession(nowMs) : lastClosedOpenTime(nowMs, timeframe);
}

/**
 * The newest closed candles of a stock, each followed by that of the next session. Nothing is filled, and there is no open candle.
 *
 * @throws ScannerError `stale_data` when the newest day is missing, and those of `readHistory`
 */
export async function loadSessionCandles(
  source: MarketDataSource,
  { symbol, timeframe, target }: LoadRequest,
  signal: AbortSignal,
): Promise<HeldCandles> {
  const fetchedAt = source.now();
  const from = fetchedAt - (target * timeframeMs(timeframe) * PAUSE_FACTOR + SPARE_MS);
  const { candles, quality } = await readHistory(source, { symbol, timeframe, from, to: fetchedAt }, signal);
  const columns = sliceColumns(candles, Math.max(0, candles.openTime.length - target));
  const newest = columns.openTime.at(-1) ?? Number.NaN;
  if (timeframe === '1d' && newest < lastClosedSession(fetchedAt)) {
    throw new ScannerError('stale_data', `The newest closed ${timeframe} candle of ${symbol} is missing`);
  }
  return {
    series: createSeries(symbol, timeframe, columns),
    openCandle: null,
    rejectedTimes: quality.rejections.map(({ openTime }) => openTime ?? fetchedAt),
    filledTimes: [],
    fetchedAt,
    target,
  };
}
