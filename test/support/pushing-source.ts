import type { Ticker, TickerWatch } from '@fast-scanner/server/market-data/market-data-source.ts';

/** One watch of tickers, in the test's hand. */
export interface OpenWatch {
  readonly symbols: readonly string[];
  readonly signal: AbortSignal;
  push(symbol: string, price: number, timestamp: number): void;
  /** Ends it as a connection that breaks. */
  fail(error: Error): void;
}

/** A `watchTickers` for a source in memory, and every watch it was asked for, oldest first. */
export function pushingTickers() {
  const watches: OpenWatch[] = [];
  const watchTickers = ({ symbols, signal, onTickers }: TickerWatch): Promise<never> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      const push = (symbol: string, last: number, timestamp: number) => {
        const ticker: Ticker = { symbol, last, change24hPct: null, quoteVolume24h: null, timestamp };
        onTickers(new Map([[symbol, ticker]]));
      };
      watches.push({ symbols, signal, push, fail: reject });
    });
  return { watches, watchTickers };
}
