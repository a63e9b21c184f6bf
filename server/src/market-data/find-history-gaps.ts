import { parseSymbol, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import type { HistoryGap } from './candle-history.ts';
import { nyseSessions } from './sessions/nyse-sessions.ts';

type FindBetween = (previous: number, next: number) => HistoryGap | null;

/**
 * The gaps between sorted open times. `null` when nobody can tell: the hours at which a stock trades within the day are not known
 * here.
 */
export function findHistoryGaps(
  openTimes: Float64Array,
  { symbol, timeframe }: { readonly symbol: string; readonly timeframe: Timeframe },
): readonly HistoryGap[] | null {
  const findBetween = gapFinder(symbol, timeframe);
  if (!findBetween) return null;
  const gaps: HistoryGap[] = [];
  for (let index = 1; index < openTimes.length; index += 1) {
    const gap = findBetween(openTimes[index - 1] ?? 0, openTimes[index] ?? 0);
    if (gap) gaps.push(gap);
  }
  return gaps;
}

function gapFinder(symbol: string, timeframe: Timeframe): FindBetween | null {
  const step = timeframeMs(timeframe);
  const isStock = parseSymbol(symbol)?.kind === 'stock';
  if (!isStock || timeframe === '1w') return (previous, next) => findOnGrid(previous, next, step);
  return timeframe === '1d' ? (previous, next) => findSessions(previous + step, next) : null;
}

function findOnGrid(previous: number, next: number, step: number): HistoryGap | null {
  const candles = Math.round((next - previous) / step) - 1;
  return candles > 0 ? { from: previous + step, to: next - step, candles } : null;
}

function findSessions(from: number, to: number): HistoryGap | null {
  const [first, ...others] = from < to ? nyseSessions(from, to) : [];
  return first === undefined ? null : { from: first, to: others.at(-1) ?? first, candles: 1 + others.length };
}
