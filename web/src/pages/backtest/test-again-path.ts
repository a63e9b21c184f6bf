import type { MarketScanResult } from '@fast-scanner/client';
import { toSearch } from '../../hooks/use-search-state.ts';
import { TEST_FIELDS, type TestChoice } from './test-choice.ts';

/** More would not fit into an address. */
const MOST_TICKERS = 60;

/** The form with the choices of a market scan that has been. */
export function testAgainPath(result: MarketScanResult): string {
  const { strategy, parameters, interval, exchange, conventions } = result;
  const { cash, commission, slippage, direction, units, last_trade } = conventions;
  const choice = {
    ...{ strategy, parameters, interval, exchange, cash, direction, units, last_trade },
    commission: toPercent(commission),
    slippage: toPercent(slippage),
    ...toUniverse(result),
  };
  return `/backtest?${toSearch(TEST_FIELDS, choice)}`;
}

function toUniverse({ universe, stock_results, failures }: MarketScanResult): Partial<TestChoice> {
  const { name, as_of } = universe;
  if (as_of !== null) return { universe: 'sp500' };
  const tickers = [...stock_results, ...failures].map(({ ticker }) => ticker);
  if (name.startsWith('all ') || tickers.length > MOST_TICKERS) return { universe: 'all' };
  return { universe: 'own', tickers };
}

function toPercent(ratio: number): number {
  return Number((ratio * 100).toFixed(8));
}
