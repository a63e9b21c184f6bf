import {
  type CandleColumns,
  type CandleRow,
  candleOpenTime,
  columnsFromRows,
  rowsFromColumns,
  sliceColumns,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { isSoundCandle } from './candle-row.ts';

export interface ResampleOptions {
  readonly from: Timeframe;
  /** A whole multiple of `from`. */
  readonly to: Timeframe;
  /** Keep a last candle that the rows do not reach the end of: the open one. Default false. */
  readonly keepPartialEnd?: boolean;
}

/**
 * Longer candles from shorter ones. Rows may be unsorted; of rows with the same open time the later one wins.
 *
 * Only candles whose whole span lies within the rows are made: one that the rows begin in the middle of is left out, and so is one they
 * end in. A gap inside is no reason to leave a candle out: nothing is known to have traded there. A broken row makes the candle
 * it belongs to NaN, so that cleaning counts it; a row without a time counts against the row before it.
 */
export function resampleCandles(columns: CandleColumns, options: ResampleOptions): CandleColumns {
  const rows = isAscending(columns.openTime) ? columns : orderRows(columns);
  const { openTime } = rows;
  const candles: CandleRow[] = [];
  let begin = 0;
  while (begin < openTime.length) {
    const start = candleOpenTime(openTime[begin] ?? Number.NaN, options.to);
    const stop = start + timeframeMs(options.to);
    let end = begin + 1;
    while (end < openTime.length && (openTime[end] ?? stop) < stop) end += 1;
    const beginsWhole = begin > 0 || openTime[begin] === start;
    const coveredTo = (openTime[end - 1] ?? start) + timeframeMs(options.from);
    const endsWhole = end < openTime.length || coveredTo >= stop || options.keepPartialEnd === true;
    if (beginsWhole && endsWhole) candles.push(mergeRows(sliceColumns(rows, begin, end), start));
    begin = end;
  }
  return columnsFromRows(candles);
}

/** Whether times strictly increase, none missing: the usual file. */
function isAscending(times: Float64Array): boolean {
  return times.every((time, index) => time > (times[index - 1] ?? Number.NEGATIVE_INFINITY));
}

/** Rows sorted by time, one for each; the row before one without a time is spoiled. */
function orderRows(columns: CandleColumns): CandleColumns {
  const byTime = new Map<number, CandleRow>();
  let previous = Number.NaN;
  for (const row of rowsFromColumns(columns)) {
    const [time] = row;
    if (Number.isFinite(time)) byTime.set(time, row);
    else if (Number.isFinite(previous)) byTime.set(previous, spoiledRow(previous));
    if (Number.isFinite(time)) previous = time;
  }
  return columnsFromRows([...byTime.values()].sort((left, right) => left[0] - right[0]));
}

function spoiledRow(openTime: number): CandleRow {
  return [openTime, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN];
}

function mergeRows(rows: CandleColumns, openTime: number): CandleRow {
  const open = rows.open[0] ?? Number.NaN;
  const close = rows.close.at(-1) ?? Number.NaN;
  const volume = rows.volume.reduce((sum, amount) => sum + amount, 0);
  const row: CandleRow = [openTime, open, Math.max(...rows.high), Math.min(...rows.low), close, volume];
  const sound = rows.openTime.every((_, index) => isSoundCandle(rows, index));
  return sound ? row : spoiledRow(openTime);
}
