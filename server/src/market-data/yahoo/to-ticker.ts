import type { Ticker } from '../market-data-source.ts';
import type { StockChart } from './read-chart.ts';

/**
 * The last price of a stock and its change against the close of the session before, both as paid. `null` when the chart has no price.
 */
export function toTicker(symbol: string, chart: StockChart, nowMs: number): Ticker | null {
  const last = chart.lastPrice ?? chart.paidCloses.at(-1) ?? null;
  if (last === null || !(last > 0)) return null;
  const newest = chart.rows.at(-1)?.[0] ?? Number.NaN;
  const before = chart.paidCloses[chart.rows.findLastIndex(([openTime]) => openTime < newest)] ?? Number.NaN;
  return {
    symbol,
    last,
    change24hPct: before > 0 ? (last / before - 1) * 100 : null,
    quoteVolume24h: null,
    timestamp: Math.min(chart.lastPriceAt ?? nowMs, nowMs),
  };
}
