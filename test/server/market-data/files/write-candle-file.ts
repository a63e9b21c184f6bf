import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CandleRow, type Timeframe, timeframeMs } from '@fast-scanner/shared';

const HEADER = 'ts,open,high,low,close,volume';

/** Writes rows as `<folder>/<name>`, gzipped when the name ends in `.gz`. */
export function writeCandleFile(folder: string, name: string, rows: readonly (readonly unknown[])[]): void {
  const text = `${[HEADER, ...rows.map((row) => row.join(','))].join('\n')}\n`;
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
}

/** Candles with a price that wanders and never repeats, so that any mix-up shows. */
export function madeUpRows(startMs: number, timeframe: Timeframe, count: number): CandleRow[] {
  let open = 100;
  return Array.from({ length: count }, (_, index) => {
    const close = Number((open + Math.sin(index * 1.7) * 2 + 0.01).toFixed(2));
    const high = Number((Math.max(open, close) + 0.5).toFixed(2));
    const low = Number((Math.min(open, close) - 0.5).toFixed(2));
    const row: CandleRow = [
      startMs + index * timeframeMs(timeframe),
      open,
      high,
      low,
      close,
      10 + (index % 7),
    ];
    open = close;
    return row;
  });
}
