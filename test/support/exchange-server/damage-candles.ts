import { assertNever, type CandleRow, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import type { CandleFault } from './fault.ts';

/** A row as it is written: numbers, or the texts that do not belong there. */
export type WrittenRow = readonly (number | string)[];

const CLOSE = 4;
const LOW = 3;

/** The rows with a fault put into them. The last row is the open candle. */
export function damageCandles(
  rows: readonly CandleRow[],
  fault: CandleFault,
  timeframe: Timeframe,
): WrittenRow[] {
  switch (fault) {
    case 'empty':
      return [];
    case 'tooFew':
      return rows.slice(-3);
    case 'nan':
      return everyTenth(rows, (row) => replaceAt(row, CLOSE, 'NaN'));
    case 'strings':
      return everyTenth(rows, (row) => replaceAt(row, CLOSE, 'unknown'));
    case 'negative':
      return everyTenth(rows, (row) => replaceAt(row, LOW, -row[LOW]));
    case 'duplicated':
      return rows.flatMap((row, index) => (index % 10 === 5 ? [row, row] : [row]));
    case 'unordered':
      return rows.toReversed();
    case 'gap':
      return rows.toSpliced(Math.floor(rows.length / 2), 3);
    case 'future':
      return [...rows, ...followers(rows, timeframe)];
    case 'noOpenCandle':
      return rows.slice(0, -1);
    case 'newestClosedMissing':
      return rows.toSpliced(-2, 1);
    default:
      return assertNever(fault);
  }
}

function everyTenth(rows: readonly CandleRow[], change: (row: CandleRow) => WrittenRow): WrittenRow[] {
  return rows.map((row, index) => (index % 10 === 5 ? change(row) : row));
}

function replaceAt(row: CandleRow, position: number, value: number | string): WrittenRow {
  return row.map((field, index) => (index === position ? value : field));
}

function followers(rows: readonly CandleRow[], timeframe: Timeframe): CandleRow[] {
  const last = rows.at(-1);
  if (!last) return [];
  const [openTime, ...rest] = last;
  return [1, 2].map((step) => [openTime + step * timeframeMs(timeframe), ...rest]);
}
