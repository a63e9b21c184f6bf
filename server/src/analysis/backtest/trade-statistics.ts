import { computeMoments } from './moments.ts';
import type { Measured, UndefinableStatistic } from './statistics.ts';
import type { TradeColumns } from './trade-columns.ts';

/** What statistics read of trades. */
export type TradeOutcomes = Pick<TradeColumns, 'pnl' | 'returnRatio'>;

export type TradeStatistic = Extract<
  UndefinableStatistic,
  'winRatePct' | 'profitFactor' | 'expectancyPct' | 'sqn' | 'bestTradePct' | 'worstTradePct'
>;

/** No trade, as before the first. */
export const NO_TRADES: TradeOutcomes = { pnl: new Float64Array(), returnRatio: new Float64Array() };

/** The statistics of the trades; see `STATISTIC_FORMULAS`. None of them is defined without a trade. */
export function measureTrades({ pnl, returnRatio }: TradeOutcomes): Record<TradeStatistic, Measured> {
  const count = pnl.length;
  if (count === 0) return withoutTrades('there was no trade');
  const profits = sumOf(returnRatio.filter((value) => value > 0));
  const losses = -sumOf(returnRatio.filter((value) => value < 0));
  const { mean, deviation } = computeMoments(pnl);
  return {
    winRatePct: (100 * pnl.filter((value) => value > 0).length) / count,
    profitFactor: losses > 0 ? profits / losses : 'no trade made a loss',
    expectancyPct: (100 * sumOf(returnRatio)) / count,
    sqn: deviation > 0 ? (Math.sqrt(count) * mean) / deviation : 'all trades made the same',
    bestTradePct: 100 * returnRatio.reduce((best, value) => Math.max(best, value)),
    worstTradePct: 100 * returnRatio.reduce((worst, value) => Math.min(worst, value)),
  };
}

/** All trade statistics undefined, for one reason. */
export function withoutTrades(reason: string): Record<TradeStatistic, string> {
  return {
    winRatePct: reason,
    profitFactor: reason,
    expectancyPct: reason,
    sqn: reason,
    bestTradePct: reason,
    worstTradePct: reason,
  };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
