import { TIMEFRAMES, type Timeframe } from '@fast-scanner/client';

/** Stocks have candles of these alone. */
export const STOCK_TIMEFRAMES: readonly Timeframe[] = ['1d', '1w'];

/** Which candles a symbol has: stocks are written without a slash. */
export function timeframesOf(symbol: string): readonly Timeframe[] {
  return symbol.includes('/') ? TIMEFRAMES : STOCK_TIMEFRAMES;
}
