import type { Ticker } from '../market-data-source.ts';
import type { CcxtTicker } from './ccxt-exchange.ts';

/** `null` when the exchange sent none with a price. Exchanges that do not stamp tickers form them when they answer. */
export function toTicker(symbol: string, ticker: CcxtTicker | undefined, now: number): Ticker | null {
  const last = finite(ticker?.last);
  if (!ticker || last === null || last <= 0) return null;
  return {
    symbol,
    last,
    change24hPct: finite(ticker.percentage),
    quoteVolume24h: finite(ticker.quoteVolume),
    timestamp: Math.min(finite(ticker.timestamp) ?? now, now),
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
