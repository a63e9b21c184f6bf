import { allocateColumns, type CandleColumns } from '@fast-scanner/shared';

const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Both in a row, in new memory that worker threads read without a copy. */
export function joinColumns(first: CandleColumns, second: CandleColumns): CandleColumns {
  const offset = first.openTime.length;
  const joined = allocateColumns(offset + second.openTime.length, true);
  for (const field of FIELDS) {
    joined[field].set(first[field]);
    joined[field].set(second[field], offset);
  }
  return joined;
}

/** The same candles in memory that worker threads read without a copy: the very columns when they are, else a copy. */
export function toSharedColumns(columns: CandleColumns): CandleColumns {
  const isShared = columns.openTime.buffer instanceof SharedArrayBuffer;
  return isShared ? columns : joinColumns(columns, allocateColumns(0));
}
