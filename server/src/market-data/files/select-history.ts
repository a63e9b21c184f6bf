import { type CandleColumns, sliceColumns, timeframeMs } from '@fast-scanner/shared';
import type { HistoryRequest } from '../candle-history.ts';
import { selectClosedWindow } from './closed-window.ts';

/** The recorded rows of a range that are closed at `nowMs`: a view when the file is in order, else as `selectClosedWindow` has it. */
export function selectHistory(
  columns: CandleColumns,
  { timeframe, from, to }: HistoryRequest,
  nowMs: number,
): CandleColumns {
  const span = timeframeMs(timeframe);
  const latestOpen = Math.min(to - 1, nowMs - span);
  const { openTime } = columns;
  if (!isAscending(openTime)) {
    return selectClosedWindow(columns, {
      timeframe,
      nowMs: latestOpen + span,
      since: from,
      limit: Number.POSITIVE_INFINITY,
    });
  }
  const first = openTime.findIndex((time) => time >= from);
  const last = openTime.findLastIndex((time) => time <= latestOpen);
  return sliceColumns(columns, first < 0 ? openTime.length : first, last + 1);
}

function isAscending(times: Float64Array): boolean {
  return times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0));
}
