import type { TestPlan } from './backtester.ts';
import type { MarketScanInput, MarketScanJob, Universe } from './market-scan-record.ts';

/** Stocks between two progress events. */
const GROUP_SIZE = 5;

/** How the stocks of a job are tested: coins in fractions and all days of the year, stocks whole and on trading days. */
export function toTestPlan(
  { strategy, interval, options, units }: MarketScanInput,
  universe: Universe,
): TestPlan {
  const isCrypto = universe.tickers.some(isCoin);
  return {
    strategy,
    interval,
    market: isCrypto ? 'crypto' : 'stocks',
    options: { ...options, units: units ?? (isCrypto ? 'fractional' : 'whole') },
  };
}

export function isCoin(symbol: string): boolean {
  return symbol.includes('/');
}

/** The stocks in groups of five, in their order. */
export function groupsOf<Stock>(stocks: readonly Stock[]): readonly (readonly Stock[])[] {
  const groups: (readonly Stock[])[] = [];
  for (let at = 0; at < stocks.length; at += GROUP_SIZE) groups.push(stocks.slice(at, at + GROUP_SIZE));
  return groups;
}

const SIMULATED = 'Simulated data: these prices are made up and say nothing about any real market.';

/** What a reader must know before believing the job's results. */
export function caveatsOf({ input, state }: MarketScanJob): string[] {
  const simulated = input.dataSource.kind === 'simulated' ? [SIMULATED] : [];
  return [...simulated, ...(state.universe?.caveats ?? [])];
}
