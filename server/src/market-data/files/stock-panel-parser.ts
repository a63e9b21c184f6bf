import { type CandleColumns, isSymbol } from '@fast-scanner/shared';
import { GrowingColumns } from '../growing-columns.ts';
import { type ByteSpan, decimalsOf, parseDateNumber, parseDecimal } from './parse-bytes.ts';

/** One ticker of a panel. */
export interface PanelStock {
  /** Every row there is, in the order of the file; what is missing or unreadable is NaN. */
  readonly candles: CandleColumns;
  /** Most decimals of a price. */
  readonly priceDecimals: number;
}

interface OpenStock {
  readonly candles: GrowingColumns;
  priceDecimals: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const COMMA = 44;
const NAME_FIELD = 6;
const FIRST_CAPACITY = 256;

/**
 * Sorts the rows `date,open,high,low,close,volume,Name` of a panel by their ticker. Works on bytes, because a panel has hundreds of thousands of rows.
 * Rows whose name is no ticker belong to nobody and are left out; a bad row of a known ticker is kept, to be counted by whoever cleans.
 */
export class StockPanelParser {
  readonly #stocks = new Map<string, OpenStock>();
  readonly #days = new Map<number, number>();
  /** Where the fields of the current line begin; the end is one behind the line's. */
  readonly #starts = new Int32Array(NAME_FIELD + 2);
  #ticker = '';
  #stock: OpenStock | null = null;
  #rest: Buffer = Buffer.alloc(0);
  #headerSeen = false;
  readonly #fileTicker: string | null;

  /** @param fileTicker whom the rows are about when there is no column `Name` */
  constructor(fileTicker: string | null) {
    this.#fileTicker = fileTicker;
  }

  push(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, start);
      if (end < 0) break;
      this.#addLine(bytes, start, end);
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
  }

  /** All rows by ticker. */
  finish(): ReadonlyMap<string, PanelStock> {
    this.#addLine(this.#rest, 0, this.#rest.length);
    this.#rest = Buffer.alloc(0);
    return new Map(
      [...this.#stocks].map(([ticker, { candles, priceDecimals }]) => [
        ticker,
        { candles: candles.rows(), priceDecimals },
      ]),
    );
  }

  #addLine(bytes: Buffer, start: number, lineEnd: number): void {
    const end = bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    if (end <= start) return;
    if (this.#headerSeen) this.#addRow(bytes, start, end);
    this.#headerSeen = true;
  }

  #addRow(bytes: Buffer, start: number, end: number): void {
    this.#split(bytes, start, end);
    const stock = this.#stockOf(bytes);
    if (!stock) return;
    const volume = parseDecimal(this.#field(bytes, 5));
    stock.candles.add([
      this.#openTimeOf(bytes),
      parseDecimal(this.#field(bytes, 1)),
      parseDecimal(this.#field(bytes, 2)),
      parseDecimal(this.#field(bytes, 3)),
      parseDecimal(this.#field(bytes, 4)),
      volume,
    ]);
    const decimals = decimalsOf(this.#field(bytes, 4));
    if (decimals > stock.priceDecimals) stock.priceDecimals = decimals;
  }

  /** Fields that the line does not have are empty ones at its end. */
  #split(bytes: Buffer, start: number, end: number): void {
    this.#starts.fill(end + 1);
    this.#starts[0] = start;
    let field = 1;
    for (let at = start; at < end && field <= NAME_FIELD; at += 1) {
      if (bytes[at] === COMMA) this.#starts[field++] = at + 1;
    }
  }

  #field(bytes: Buffer, field: number): ByteSpan {
    const start = this.#starts[field] ?? 0;
    return { bytes, start, end: Math.max(start, (this.#starts[field + 1] ?? 0) - 1) };
  }

  #openTimeOf(bytes: Buffer): number {
    const date = parseDateNumber(this.#field(bytes, 0));
    const known = this.#days.get(date);
    if (known !== undefined) return known;
    const openTime = toOpenTime(date);
    this.#days.set(date, openTime);
    return openTime;
  }

  /** Rows of a ticker mostly follow each other. */
  #stockOf(bytes: Buffer): OpenStock | null {
    const { start, end } = this.#field(bytes, NAME_FIELD);
    if (
      this.#fileTicker === null &&
      isText(bytes, start, this.#ticker) &&
      end - start === this.#ticker.length
    ) {
      return this.#stock;
    }
    const ticker = this.#fileTicker ?? bytes.toString('latin1', start, end);
    this.#stock = this.#openStock(ticker);
    this.#ticker = ticker;
    return this.#stock;
  }

  #openStock(ticker: string): OpenStock | null {
    const known = this.#stocks.get(ticker);
    if (known) return known;
    if (!isSymbol(ticker) || ticker.includes('/')) return null;
    // The tickers of a panel are about as long as each other.
    const capacity = Math.max(FIRST_CAPACITY, this.#stock?.candles.length ?? 0);
    const stock = { candles: new GrowingColumns(capacity), priceDecimals: 0 };
    this.#stocks.set(ticker, stock);
    return stock;
  }
}

function isText(bytes: Buffer, start: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[start + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** Midnight UTC of a date number; NaN when the calendar has no such day. */
function toOpenTime(date: number): number {
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  const openTime = Date.UTC(year, month - 1, day);
  return new Date(openTime).getUTCDate() === day ? openTime : Number.NaN;
}
