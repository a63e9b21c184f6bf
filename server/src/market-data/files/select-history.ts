import { type CandleColumns, timeframeMs } from '@fast-scanner/shared';
import type { HistoryRequest } from '../candle-history.ts';
import { selectRange } from '../select-range.ts';
import { selectClosedWindow } from './closed-window.ts';

/** The recorded rows of a range that are closed at `nowMs`: a view when the file is in order, else as `selectClosedWindow` has it. */
export function selectHistory(
  columns: CandleColumns,
  { timeframe, from, to }: HistoryRequest,
  nowMs: number,
): CandleColumns {
  const span = timeframeMs(timeframe);
  const latestOpen = Math.min(to - 1, nowMs - span);
  if (isAscending(columns.openTime)) return selectRange(columns, { from, to: latestOpen });
  const window = { timeframe, nowMs: latestOpen + span, since: from, limit: Number.POSITIVE_INFINITY };
  return selectClosedWindow(columns, window);
}

function isAscending(times: Float64Array): boolean {
  return times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0));
}
