import { allocateColumns, type CandleColumns, type CandleRow, sliceColumns } from '@fast-scanner/shared';

const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Columns that rows are added to, in memory that worker threads read without a copy. */
export class GrowingColumns {
  #columns: CandleColumns;
  #length = 0;

  /** @param capacity how many rows to expect, at least 1 */
  constructor(capacity: number) {
    this.#columns = allocateColumns(capacity, true);
  }

  get length(): number {
    return this.#length;
  }

  /** Makes room for so many rows in all, in new memory if need be: views handed out stay as they are. */
  reserve(capacity: number): void {
    if (capacity <= this.#columns.openTime.length) return;
    const larger = allocateColumns(capacity, true);
    for (const field of FIELDS) larger[field].set(this.#columns[field]);
    this.#columns = larger;
  }

  add(row: CandleRow): void {
    if (this.#length === this.#columns.openTime.length) this.reserve(this.#length * 2);
    const columns = this.#columns;
    const index = this.#length;
    columns.openTime[index] = row[0];
    columns.open[index] = row[1];
    columns.high[index] = row[2];
    columns.low[index] = row[3];
    columns.close[index] = row[4];
    columns.volume[index] = row[5];
    this.#length += 1;
  }

  /** The rows so far, as a view. */
  rows(): CandleColumns {
    return sliceColumns(this.#columns, 0, this.#length);
  }
}
