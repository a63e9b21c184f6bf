import { type CandleColumns, columnsFromRows, rowsFromColumns } from '@fast-scanner/shared';

/** All candles, oldest first; of those with the same open time the first that is given. */
export function mergeCandles(parts: readonly CandleColumns[]): CandleColumns {
  const [only] = parts;
  if (only && parts.length === 1 && isAscending(only.openTime)) return only;
  const rows = new Map(
    parts
      .toReversed()
      .flatMap((columns) => rowsFromColumns(columns).toReversed())
      .map((row) => [row[0], row]),
  );
  return columnsFromRows([...rows.values()].sort((a, b) => a[0] - b[0]));
}

function isAscending(times: Float64Array): boolean {
  return times.every((time, index) => index === 0 || (times[index - 1] ?? Number.NaN) < time);
}
