import type { CandleColumns, CandleRow } from '@fast-scanner/shared';

/** One candle of the columns as a row; a row past the end is all NaN. */
export function rowAt(columns: CandleColumns, index: number): CandleRow {
  return [
    columns.openTime[index] ?? Number.NaN,
    columns.open[index] ?? Number.NaN,
    columns.high[index] ?? Number.NaN,
    columns.low[index] ?? Number.NaN,
    columns.close[index] ?? Number.NaN,
    columns.volume[index] ?? Number.NaN,
  ];
}

/** Whether two rows say the same of the same time. NaN equals nothing. */
export function isSameCandle(left: CandleRow, right: CandleRow): boolean {
  return left.every((value, position) => value === right[position]);
}

/** Whether the prices and the volume at `index` can be true: finite, prices above 0, `low ≤ open, close ≤ high`, volume not negative. */
export function isSoundCandle(columns: CandleColumns, index: number): boolean {
  const open = columns.open[index] ?? Number.NaN;
  const high = columns.high[index] ?? Number.NaN;
  const low = columns.low[index] ?? Number.NaN;
  const close = columns.close[index] ?? Number.NaN;
  const volume = columns.volume[index] ?? Number.NaN;
  // Every comparison with NaN is false, so NaN needs no test of its own.
  const ordered = low <= open && open <= high && low <= close && close <= high;
  return (
    ordered && low > 0 && high < Number.POSITIVE_INFINITY && volume >= 0 && volume < Number.POSITIVE_INFINITY
  );
}
