import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  allocateColumns,
  type CandleColumns,
  type CandleSeries,
  createSeries,
  type Timeframe,
} from '@fast-scanner/shared';

const RECORDED = new URL('../../../shared/data/crypto/binance-spot-2024/', import.meta.url);
const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

/** The recorded spot candles of a timeframe, in memory that threads share, oldest first; `null` when they are not there. */
export function readRecordedCrypto(timeframe: Timeframe): CandleSeries[] | null {
  const folder = new URL(`${timeframe}/`, RECORDED);
  if (!existsSync(folder)) return null;
  return readdirSync(folder)
    .filter((name) => name.endsWith('USDT.csv.gz'))
    .map((name) => {
      const lines = gunzipSync(readFileSync(new URL(name, folder)))
        .toString()
        .trim()
        .split('\n')
        .slice(1);
      return createSeries(name.replace('USDT.csv.gz', '/USDT'), timeframe, parse(lines));
    });
}

function parse(lines: readonly string[]): CandleColumns {
  const columns = allocateColumns(lines.length, true);
  lines.forEach((line, index) => {
    const cells = line.split(',');
    FIELDS.forEach((field, place) => {
      columns[field][index] = Number(cells[place]);
    });
  });
  return columns;
}
