import type { Timeframe } from '@fast-scanner/shared';

/** Stocks are traded on 252 days a year, crypto on all 365. */
const DAYS_PER_YEAR = { stocks: 252, crypto: 365 } as const;

export type MarketKind = keyof typeof DAYS_PER_YEAR;

/** Returns in a year: trading days, as candles of up to a day are measured by the day; 52 for weekly candles. */
export function periodsPerYear(market: MarketKind, timeframe: Timeframe): number {
  return timeframe === '1w' ? 52 : DAYS_PER_YEAR[market];
}
