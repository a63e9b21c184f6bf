import { allocateColumns, type CandleColumns, columnsFromRows, rowsFromColumns } from '@fast-scanner/shared';

const COLUMNS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;
const NUMBER_BYTES = Float64Array.BYTES_PER_ELEMENT;

/** Bytes of candles: one column after the other, each number as eight bytes in the machine's order (little-endian on all Node runs on). */
export function toChunk(candles: CandleColumns): Uint8Array {
  const { length } = candles.openTime;
  const numbers = new Float64Array(length * COLUMNS.length);
  COLUMNS.forEach((column, index) => {
    numbers.set(candles[column], index * length);
  });
  return new Uint8Array(numbers.buffer);
}

/** The candles of {@link toChunk}'s bytes. */
export function fromChunk(bytes: Uint8Array): CandleColumns {
  const numbers = new Float64Array(bytes.slice().buffer);
  const length = bytes.length / NUMBER_BYTES / COLUMNS.length;
  const column = (index: number) => numbers.subarray(index * length, (index + 1) * length);
  return {
    openTime: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

/**
 * Candles of both, by open time; of those that both have, the kept one.
 * @returns `null` when nothing was added
 */
export function mergeChunks(kept: CandleColumns, added: CandleColumns): CandleColumns | null {
  const isAppended = (added.openTime[0] ?? Number.NaN) > (kept.openTime.at(-1) ?? Number.NaN);
  if (isAppended) return joinColumns([kept, added]);
  const known = new Set(kept.openTime);
  const rows = rowsFromColumns(added).filter(([openTime]) => !known.has(openTime));
  if (rows.length === 0) return null;
  return columnsFromRows([...rowsFromColumns(kept), ...rows].sort(([left], [right]) => left - right));
}

/** Candles of several stretches, in their order. */
export function joinColumns(parts: readonly CandleColumns[]): CandleColumns {
  const joined = allocateColumns(parts.reduce((sum, { openTime }) => sum + openTime.length, 0));
  let at = 0;
  for (const part of parts) {
    for (const column of COLUMNS) joined[column].set(part[column], at);
    at += part.openTime.length;
  }
  return joined;
}
