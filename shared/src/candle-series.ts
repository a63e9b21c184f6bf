import type { Timeframe } from './vocabulary.ts';

/** Candles as columns: one typed array per field, index 0 oldest, all of equal length. */
export interface CandleColumns {
  /** Open times, epoch ms UTC. */
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Traded amount in base units. */
  readonly volume: Float64Array;
}

/** Clean, sorted, equidistant candles of one symbol and timeframe. Analysis takes nothing else. */
export interface CandleSeries extends CandleColumns {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly length: number;
}

/** One candle as a row: `[openTime, open, high, low, close, volume]`. */
export type CandleRow = readonly [number, number, number, number, number, number];

const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Columns for `length` candles, all zero. With `shared`, backed by SharedArrayBuffer so that workers read them without a copy. */
export function allocateColumns(length: number, shared = false): CandleColumns {
  const column = () =>
    shared ? new Float64Array(new SharedArrayBuffer(length * 8)) : new Float64Array(length);
  return {
    openTime: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
}

/** Columns from rows, in the rows' order. */
export function columnsFromRows(rows: readonly CandleRow[]): CandleColumns {
  const columns = allocateColumns(rows.length);
  rows.forEach((row, index) => {
    FIELDS.forEach((field, position) => {
      columns[field][index] = row[position] ?? Number.NaN;
    });
  });
  return columns;
}

/** Rows from columns, in the columns' order. */
export function rowsFromColumns(columns: CandleColumns): CandleRow[] {
  return Array.from(columns.openTime, (openTime, index) => [
    openTime,
    columns.open[index] ?? Number.NaN,
    columns.high[index] ?? Number.NaN,
    columns.low[index] ?? Number.NaN,
    columns.close[index] ?? Number.NaN,
    columns.volume[index] ?? Number.NaN,
  ]);
}

/** A view (no copy) of candles `from` (inclusive) to `to` (exclusive); negative positions count from the end, as in `Array.slice`. */
export function sliceColumns(columns: CandleColumns, from: number, to?: number): CandleColumns {
  return {
    openTime: columns.openTime.subarray(from, to),
    open: columns.open.subarray(from, to),
    high: columns.high.subarray(from, to),
    low: columns.low.subarray(from, to),
    close: columns.close.subarray(from, to),
    volume: columns.volume.subarray(from, to),
  };
}

/** A series over given columns. The caller vouches that they are clean. */
export function createSeries(symbol: string, timeframe: Timeframe, columns: CandleColumns): CandleSeries {
  return { symbol, timeframe, length: columns.openTime.length, ...columns };
}

/** A view (no copy) of part of a series; see {@link sliceColumns}. */
export function sliceSeries(series: CandleSeries, from: number, to?: number): CandleSeries {
  return createSeries(series.symbol, series.timeframe, sliceColumns(series, from, to));
}
