/**
 * The dashboard's addresses, as patterns. What a page begins with stands in the server's `page-paths.ts` too; a test compares the two.
 * `/market-scan` is the API's, so backtests are shown at `/backtest`.
 */
export const PAGE_PATTERNS = {
  scanner: '/',
  /** The symbol is the rest of the path, its slash encoded or not. */
  symbol: '/symbol/*',
  runs: '/runs/:runId?',
  backtest: '/backtest/:jobId?',
  continuous: '/continuous',
  alerts: '/alerts',
  scorecard: '/scorecard',
  settings: '/settings',
} as const;

/** A symbol's page, on an exchange and timeframe unless the server's defaults will do. */
export function symbolPath(
  symbol: string,
  { exchange, timeframe }: { readonly exchange?: string; readonly timeframe?: string } = {},
): string {
  const query = new URLSearchParams({
    ...(exchange === undefined ? {} : { exchange }),
    ...(timeframe === undefined ? {} : { timeframe }),
  }).toString();
  return `/symbol/${encodeURIComponent(symbol)}${query && `?${query}`}`;
}

/** The symbol that the path of its page names; text that is not encoded rightly stands for itself. */
export function symbolOfPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export function scanPath(scanId: string): string {
  return `/?scan=${encodeURIComponent(scanId)}`;
}

export function runPath(runId: string): string {
  return `/runs/${encodeURIComponent(runId)}`;
}

export function backtestPath(jobId: string): string {
  return `/backtest/${encodeURIComponent(jobId)}`;
}
