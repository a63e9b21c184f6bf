import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowsFromColumns, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { randomSeries } from '../../support/random-series.ts';

/** Close time of the newest recorded candle. */
export const RECORDED_UNTIL = Date.UTC(2026, 0, 7, 10);

/** Writes recorded candles of 15 minutes, one file for each symbol with so many rows. */
export function writeRecordedCandles(folder: string, rowCounts: Readonly<Record<string, number>>): void {
  const timeframe: Timeframe = '15m';
  mkdirSync(join(folder, timeframe), { recursive: true });
  Object.entries(rowCounts).forEach(([name, count], index) => {
    const newestOpenTime = RECORDED_UNTIL - timeframeMs(timeframe);
    const series = randomSeries({ symbol: name, timeframe, count, newestOpenTime, seed: index + 1 });
    const rows = rowsFromColumns(series).map((row) => row.join(','));
    const text = `ts,open,high,low,close,volume\n${rows.join('\n')}\n`;
    writeFileSync(join(folder, timeframe, `${name}.csv`), text);
  });
}
