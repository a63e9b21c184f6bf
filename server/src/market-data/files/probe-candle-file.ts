import { readTextFile } from './read-text-file.ts';

/** What a look at both ends of a candle file tells. */
export interface FileProbe {
  readonly firstOpenTime: number;
  readonly lastOpenTime: number;
  /** Most decimals of a price among the first rows. */
  readonly priceDecimals: number;
}

/** Enough text for the last row whatever the pieces of the file are. */
const TAIL_LENGTH = 1_000;

/** Looks at both ends of a file without keeping its rows. @throws ScannerError `bad_data` when it cannot be read; `null` when it has no rows */
export async function probeCandleFile(path: string, signal: AbortSignal): Promise<FileProbe | null> {
  let head: string | null = null;
  let tail = '';
  await readTextFile(path, {
    signal,
    onText: (text) => {
      head ??= text;
      tail = (tail + text).slice(-TAIL_LENGTH);
    },
  });
  const [, ...rows] = (head ?? '').split('\n').filter((line) => line.trim() !== '');
  const lastRow = tail.trimEnd().split('\n').at(-1) ?? '';
  const firstOpenTime = openTimeOf(rows[0] ?? '');
  const lastOpenTime = openTimeOf(lastRow);
  if (Number.isNaN(firstOpenTime) || Number.isNaN(lastOpenTime)) return null;
  // The last row of the first piece may be cut off.
  const wholeRows = rows.slice(0, Math.max(1, rows.length - 1));
  return { firstOpenTime, lastOpenTime, priceDecimals: Math.max(...wholeRows.map(decimalsOf)) };
}

function openTimeOf(row: string): number {
  return Number.parseInt(row, 10);
}

function decimalsOf(row: string): number {
  const prices = row.split(',').slice(1, 5);
  return Math.max(...prices.map((price) => price.trim().split('.')[1]?.length ?? 0));
}
