import {
  allocateColumns,
  type CandleColumns,
  type CandleRow,
  candleOpenTime,
  ScannerError,
  sliceColumns,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { findFlaw } from './candle-quality.ts';
import { isSameCandle, isSoundCandle, rowAt } from './candle-row.ts';

export interface CleanOptions {
  readonly timeframe: Timeframe;
  /** The moment the answer stands for, epoch ms UTC on the source's clock: a candle is closed when `openTime + timeframe ≤ nowMs`. */
  readonly nowMs: number;
  /** Rows that open after `nowMs` but not after this formed while the request was under way: dropped, not counted. Default `nowMs`. */
  readonly latestMs?: number;
}

export interface CleanCandles {
  /** Closed candles: sorted, unique, equidistant, sound. A view of the input when that was clean already, else a copy. */
  readonly closed: CandleColumns;
  /** The candle still forming at `nowMs`; `null` when the source sent none, or a broken one. */
  readonly openCandle: CandleRow | null;
  /** Open time of every row thrown away, ascending; one without a usable time, or from the future, counts at `nowMs`. */
  readonly rejectedTimes: readonly number[];
  /** Open time of every gap candle, ascending. */
  readonly filledTimes: readonly number[];
}

/**
 * Makes a source's answer fit for analysis.
 *
 * - A row is rejected when a number is not finite, a price is 0 or less, the volume is negative, `low ≤ open, close ≤ high` does not hold,
 *   it opens off the timeframe's grid, or it opens after `nowMs`.
 * - Of sound rows with the same open time the later one wins. The earlier is rejected if it says something else; an exact repetition
 *   is harmless (pages overlap) and is not counted.
 * - Gaps between two closed candles are filled flat at the previous close with volume 0. What is missing at the end is not filled:
 *   the newest closed candle is never an invented one.
 *
 * An empty input gives an empty result. The input is never changed.
 *
 * @throws ScannerError `bad_data` when more than 2 % of the rows are rejected or more than 10 % of the closed candles are gaps
 */
export function cleanCandles(columns: CandleColumns, options: CleanOptions): CleanCandles {
  return isClean(columns, options) ? splitOpenCandle(columns, options) : repair(columns, options);
}

/** One pass without allocation: the usual answer needs no repair. */
function isClean(columns: CandleColumns, { timeframe, nowMs }: CleanOptions): boolean {
  const { openTime } = columns;
  const step = timeframeMs(timeframe);
  const first = openTime[0] ?? 0;
  if (candleOpenTime(first, timeframe) !== first) return false;
  for (let index = 0; index < openTime.length; index += 1) {
    if (openTime[index] !== first + index * step || !isSoundCandle(columns, index)) return false;
  }
  return openTime.length === 0 || (first > 0 && first + (openTime.length - 1) * step <= nowMs);
}

function splitOpenCandle(columns: CandleColumns, { timeframe, nowMs }: CleanOptions): CleanCandles {
  const newest = columns.openTime.length - 1;
  const isOpen = (columns.openTime[newest] ?? 0) + timeframeMs(timeframe) > nowMs;
  return {
    closed: isOpen ? sliceColumns(columns, 0, newest) : columns,
    openCandle: isOpen ? rowAt(columns, newest) : null,
    rejectedTimes: [],
    filledTimes: [],
  };
}

function repair(columns: CandleColumns, options: CleanOptions): CleanCandles {
  const { rows, rejectedTimes } = selectRows(columns, options);
  const step = timeframeMs(options.timeframe);
  const newest = rows.at(-1);
  const openCandle = newest && newest[0] + step > options.nowMs ? newest : null;
  const closedRows = openCandle ? rows.slice(0, -1) : rows;

  const length = gridLength(closedRows, step);
  const filled = length - closedRows.length;
  const flaw = findFlaw({ rejected: rejectedTimes.length, rows: columns.openTime.length, filled, length });
  if (flaw) throw new ScannerError('bad_data', flaw);
  return { openCandle, rejectedTimes, ...layOnGrid(closedRows, length, step) };
}

interface SelectedRows {
  readonly rows: readonly CandleRow[];
  readonly rejectedTimes: readonly number[];
}

/** Sound rows in order of time, one for each. */
function selectRows(columns: CandleColumns, options: CleanOptions): SelectedRows {
  const { nowMs, latestMs = nowMs, timeframe } = options;
  const byTime = new Map<number, CandleRow>();
  const rejectedTimes: number[] = [];
  for (let index = 0; index < columns.openTime.length; index += 1) {
    const row = rowAt(columns, index);
    const time = row[0];
    const sound = isSoundCandle(columns, index) && time > 0 && candleOpenTime(time, timeframe) === time;
    if (sound && time > nowMs && time <= latestMs) continue;
    if (!sound || time > nowMs) {
      rejectedTimes.push(time > 0 && time <= nowMs ? time : nowMs);
      continue;
    }
    const earlier = byTime.get(time);
    if (earlier && !isSameCandle(earlier, row)) rejectedTimes.push(time);
    byTime.set(time, row);
  }
  return { rows: [...byTime.values()].sort(byOpenTime), rejectedTimes: rejectedTimes.sort(ascending) };
}

function byOpenTime(left: CandleRow, right: CandleRow): number {
  return left[0] - right[0];
}

function ascending(left: number, right: number): number {
  return left - right;
}

/** How many candles lie from the first row to the last, gaps included. */
function gridLength(rows: readonly CandleRow[], step: number): number {
  const first = rows[0];
  const last = rows.at(-1);
  return first && last ? (last[0] - first[0]) / step + 1 : 0;
}

/** Sorted rows as columns of `length` candles, each gap filled flat at the close before it. */
function layOnGrid(rows: readonly CandleRow[], length: number, step: number) {
  const closed = allocateColumns(length);
  const filledTimes: number[] = [];
  let index = 0;
  let next = rows[0]?.[0] ?? 0;
  let previousClose = 0;
  for (const row of rows) {
    for (; next < row[0]; next += step) {
      filledTimes.push(next);
      writeRow(closed, index++, [next, previousClose, previousClose, previousClose, previousClose, 0]);
    }
    writeRow(closed, index++, row);
    previousClose = row[4];
    next += step;
  }
  return { closed, filledTimes };
}

function writeRow(columns: CandleColumns, index: number, row: CandleRow): void {
  [
    columns.openTime[index],
    columns.open[index],
    columns.high[index],
    columns.low[index],
    columns.close[index],
    columns.volume[index],
  ] = row;
}
