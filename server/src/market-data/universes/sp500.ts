import list from './sp500.json' with { type: 'json' };
import type { StockUniverse } from './stock-universe.ts';

/** The 503 stocks of the S&P 500 on the list's date. */
export const SP500: StockUniverse = {
  id: 'sp500',
  title: 'S&P 500',
  asOf: list.asOf,
  members: list.members,
  caveat:
    `Survivorship bias: these are the companies of the S&P 500 on ${list.asOf}. Those that failed, were taken over or left the index ` +
    'before are not among them, so a test over the past looks better than it could have been.',
};

/** Sectors of the members and, as last known, of companies that have left the index. */
const SECTORS: ReadonlyMap<string, string> = new Map(
  [...list.former, ...list.members].map(({ ticker, sector }) => [ticker, sector]),
);

/** The GICS sector of a stock that is, or once was, in the S&P 500; `null` when it is not known. */
export function sectorOf(ticker: string): string | null {
  return SECTORS.get(ticker) ?? null;
}
