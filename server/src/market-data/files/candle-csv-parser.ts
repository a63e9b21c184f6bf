import { allocateColumns, type CandleColumns, ScannerError, sliceColumns } from '@fast-scanner/shared';

const HEADER = 'ts,open,high,low,close,volume';
const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;
const FIRST_CAPACITY = 4_096;

/**
 * Parses candle rows from pieces of CSV text. A field that is missing, empty or not a number becomes NaN: a bad row is kept, to be counted
 * by whoever cleans. Blank lines are no rows.
 */
export class CandleCsvParser {
  readonly #fileName: string;
  #columns = allocateColumns(FIRST_CAPACITY);
  #length = 0;
  #rest = '';
  #headerSeen = false;

  /** @param fileName what errors call the file */
  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  /** @throws ScannerError `bad_data` when the first line is not the header */
  push(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#addLine(line);
  }

  /** All rows, in the order of the file. @throws ScannerError `bad_data` when there was no header */
  finish(): CandleColumns {
    this.#addLine(this.#rest);
    this.#rest = '';
    if (!this.#headerSeen) throw this.#headerMissing();
    return sliceColumns(this.#columns, 0, this.#length);
  }

  #addLine(line: string): void {
    if (line === '' || line === '\r') return;
    if (this.#headerSeen) this.#addRow(line.split(','));
    else if (line.trim().toLowerCase() === HEADER) this.#headerSeen = true;
    else throw this.#headerMissing();
  }

  #addRow(fields: readonly string[]): void {
    if (this.#length === this.#columns.openTime.length) this.#grow();
    for (let position = 0; position < FIELDS.length; position += 1) {
      const field = FIELDS[position];
      if (field) this.#columns[field][this.#length] = parseNumber(fields[position]);
    }
    this.#length += 1;
  }

  #grow(): void {
    const larger = allocateColumns(this.#length * 2);
    for (const field of FIELDS) larger[field].set(this.#columns[field]);
    this.#columns = larger;
  }

  #headerMissing(): ScannerError {
    return new ScannerError('bad_data', `${this.#fileName} does not begin with the header ${HEADER}`);
  }
}

/** `Number('')` is 0, which is a value; a missing one is not. */
function parseNumber(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}
