import { type CandleColumns, sliceColumns } from '@fast-scanner/shared';

/** The candles that open at `from` or later and at `to` or earlier, as a view. The columns must be in order of time. */
export function selectRange(
  columns: CandleColumns,
  { from, to }: { readonly from: number; readonly to: number },
): CandleColumns {
  const { openTime } = columns;
  return sliceColumns(
    columns,
    firstAfter(openTime, (time) => time >= from),
    firstAfter(openTime, (time) => time > to),
  );
}

/** Position of the first time for which the test holds; it must hold for all behind it too. */
function firstAfter(times: Float64Array, test: (time: number) => boolean): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(times[middle] ?? Number.NaN)) high = middle;
    else low = middle + 1;
  }
  return low;
}
