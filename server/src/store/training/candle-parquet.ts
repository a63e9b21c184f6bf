import { type CandleColumns, type CandleRow, columnsFromRows } from '@fast-scanner/shared';
import { parquetRead } from 'hyparquet';
import { CANDLE_FIELDS } from './candle-fields.ts';
import { TRAINING_SCHEMA_VERSION } from './manifest.ts';
import { toParquet } from './parquet.ts';
import { candleTable } from './table.ts';
import type { SeriesId } from './training-store.ts';

/** The candles of a series as a Parquet file. */
export function encodeCandles(columns: CandleColumns, { exchange, symbol, timeframe }: SeriesId): Buffer {
  const schemaVersion = String(TRAINING_SCHEMA_VERSION);
  return toParquet(candleTable(columns), { exchange, symbol, timeframe, schemaVersion });
}

/**
 * The candles of a Parquet file, in its order.
 * @throws Error when it is not a whole Parquet file with the six columns and finite numbers in all of them
 */
export async function decodeCandles(bytes: Buffer): Promise<CandleColumns> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  let columns = columnsFromRows([]);
  await parquetRead({
    // A Buffer of Node is never backed by shared memory here: it was read from a file or made above.
    file: file as ArrayBuffer,
    columns: [...CANDLE_FIELDS],
    parsers: { timestampFromMilliseconds: Number },
    onComplete: (rows) => {
      columns = columnsFromRows(rows as unknown as CandleRow[]); // checked below
    },
  });
  for (const field of CANDLE_FIELDS)
    if (!columns[field].every(Number.isFinite)) throw new Error(`column ${field} is missing or holds gaps`);
  return columns;
}
