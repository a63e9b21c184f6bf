import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { nyseSessions } from '@fast-scanner/server/market-data/sessions/nyse-sessions.ts';
import { madeUpRows } from './write-candle-file.ts';

export const PANEL_HEADER = 'date,open,high,low,close,volume,Name';

/** Writes the lines as `<folder>/stocks/<name>`, gzipped when the name ends in `.gz`. */
export function writeStockPanel(folder: string, name: string, lines: readonly string[]): void {
  mkdirSync(join(folder, 'stocks'), { recursive: true });
  const text = lines.join('\n');
  writeFileSync(join(folder, 'stocks', name), name.endsWith('.gz') ? gzipSync(text) : text);
}

/** The candles of one ticker as the lines of a panel. Default: the forty sessions from January 2nd to February 28th of 2024. */
export function stockLines(
  ticker: string,
  sessions = nyseSessions(Date.UTC(2024, 0, 2), Date.UTC(2024, 1, 29)),
): string[] {
  return madeUpRows(0, '1d', sessions.length).map(([, ...numbers], index) => {
    const date = new Date(sessions[index] ?? 0).toISOString().slice(0, 10);
    return [date, ...numbers, ticker].join(',');
  });
}
