import { type ErrorCode, type Price, type PriceError, toIsoTime } from '@fast-scanner/shared';
import type { CallOptions, Market, Ticker } from '../market-data/market-data-source.ts';
import type { MarketFeed } from '../market-data/market-feed.ts';

export interface PriceReading {
  /** In the order asked for. */
  readonly prices: readonly Price[];
  /** Every symbol without a price. */
  readonly errors: readonly PriceError[];
}

/** The price of each symbol, or why there is none. @throws ScannerError the exchange's code when it cannot be asked */
export async function readPrices(
  feed: MarketFeed,
  symbols: readonly string[],
  options: CallOptions = {},
): Promise<PriceReading> {
  const tickers = await feed.tickers(symbols, options);
  const nowMs = feed.now();
  const missing = symbols.filter((symbol) => !tickers.has(symbol));
  const markets = missing.length > 0 ? await feed.markets(options) : [];
  return {
    prices: [...tickers.values()].map((ticker) => toPrice(ticker, nowMs)),
    errors: missing.map((symbol) => explain(symbol, markets, feed.dataSource.exchange)),
  };
}

/** A ticker as the windows tell it, aged by the exchange's time. */
export function toPrice({ symbol, last, change24hPct, timestamp }: Ticker, nowMs: number): Price {
  return {
    symbol,
    price: last,
    timestamp: toIsoTime(timestamp),
    ageMs: Math.max(0, Math.round(nowMs - timestamp)),
    change24h: change24hPct,
  };
}

function explain(symbol: string, markets: readonly Market[], exchange: string): PriceError {
  const toError = (code: ErrorCode, error: string): PriceError => ({ symbol, code, error });
  const market = findMarket(symbol, markets);
  if (!market) return toError('symbol_unknown', `${exchange} does not list ${symbol}`);
  if (!market.active) return toError('delisted', `${symbol} does not trade on ${exchange}`);
  return toError('no_data', `${exchange} has no price of ${symbol}`);
}

/** Where only contracts are listed, `BTC/USDT` is the linear swap `BTC/USDT:USDT`. */
function findMarket(symbol: string, markets: readonly Market[]): Market | undefined {
  const exact = markets.find((market) => market.symbol === symbol);
  if (exact || markets.some(({ kind }) => kind !== 'swap')) return exact;
  return markets.find((market) => market.symbol === `${symbol}:${market.quote}`);
}
