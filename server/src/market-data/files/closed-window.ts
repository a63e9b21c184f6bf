import {
  type CandleColumns,
  type CandleRow,
  columnsFromRows,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { rowAt } from '../candle-row.ts';

export interface ClosedWindowOptions {
  readonly timeframe: Timeframe;
  readonly nowMs: number;
  readonly limit: number;
  readonly since: number;
}

/**
 * The newest `limit` recorded rows that are closed at `nowMs` and open at or after `since`, in the order of the file. Rows without a time are
 * passed on where they stand between rows of the window.
 */
export function selectClosedWindow(columns: CandleColumns, options: ClosedWindowOptions): CandleColumns {
  const { timeframe, nowMs, limit, since } = options;
  const latestOpen = nowMs - timeframeMs(timeframe);
  const rows: CandleRow[] = [];
  let timeless: CandleRow[] = [];
  for (let index = columns.openTime.length - 1; index >= 0 && rows.length < limit; index -= 1) {
    const time = columns.openTime[index] ?? Number.NaN;
    if (Number.isNaN(time) && rows.length > 0) timeless.push(rowAt(columns, index));
    if (!(time <= latestOpen && time >= since)) continue;
    rows.push(...timeless, rowAt(columns, index));
    timeless = [];
  }
  return columnsFromRows(rows.slice(0, limit).reverse());
}
