/**
 * Where the dashboard's pages begin: `/runs` and everything under it are answered with the page, which finds by itself what to show. No
 * path of the API may begin like one of them, which is why backtests are shown at `/backtest`: `/market-scan` is the API's.
 */
export const PAGE_PATHS = [
  '/symbol',
  '/runs',
  '/backtest',
  '/continuous',
  '/alerts',
  '/scorecard',
  '/settings',
] as const;
