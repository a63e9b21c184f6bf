import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type CandleColumns, type CandleRow, columnsFromRows } from '@fast-scanner/shared';

const PANEL = new URL('../../../shared/data/stocks/sp500_2013-2018_all_stocks_5yr.csv.gz', import.meta.url);

/** The daily candles of every stock of the recorded S&P 500 panel, broken rows left out; `null` when it is not there. */
export function readStockPanel(): CandleColumns[] | null {
  if (!existsSync(PANEL)) return null;
  const [, ...lines] = gunzipSync(readFileSync(PANEL)).toString().trim().split('\n');
  const stocks = new Map<string, CandleRow[]>();
  for (const line of lines) {
    const [date = '', open = '', high = '', low = '', close = '', volume = '', name = ''] = line.split(',');
    if ([open, high, low, close, volume].includes('')) continue;
    const row: CandleRow = [
      Date.parse(date),
      Number(open),
      Number(high),
      Number(low),
      Number(close),
      Number(volume),
    ];
    const rows = stocks.get(name);
    if (rows) rows.push(row);
    else stocks.set(name, [row]);
  }
  return [...stocks.values()].map(columnsFromRows);
}
