import type { StockFailure } from '@fast-scanner/shared';
import { formatCount } from '../format-cells.ts';

/** Stocks named for each code. */
const MOST_NAMED = 10;

/** How many stocks could not be tested for which reason, and which. */
export function renderFailures(failures: readonly StockFailure[]): string {
  if (failures.length === 0) return '';
  const codes = [...new Set(failures.map(({ code }) => code))];
  const lines = codes.map((code) => {
    const tickers = failures.filter((failure) => failure.code === code).map(({ ticker }) => ticker);
    const more = tickers.length - MOST_NAMED;
    const rest = more > 0 ? ` and ${more} more` : '';
    return `${String(tickers.length).padStart(5)}  ${code}: ${tickers.slice(0, MOST_NAMED).join(', ')}${rest}\n`;
  });
  return `\nNot tested, ${formatCount(failures.length, 'stock')}:\n${lines.join('')}`;
}

/** What a reader must know before believing it. */
export function renderCaveats(caveats: readonly string[]): string {
  if (caveats.length === 0) return '';
  return `\nBefore you believe it:\n${caveats.map((caveat) => `  - ${caveat}\n`).join('')}`;
}
