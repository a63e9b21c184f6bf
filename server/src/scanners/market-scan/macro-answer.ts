import type { MacroStatisticsAnswer } from '@fast-scanner/shared';
import type {
  Distribution,
  GroupStatistics,
  MacroStatistics,
} from '../../analysis/backtest/macro-statistics.ts';

/** Macro statistics under their names on the wire. */
export function toMacroAnswer(statistics: MacroStatistics): MacroStatisticsAnswer {
  const sectors = Object.entries(statistics.bySector).map(
    ([sector, group]) => [sector, toGroup(group)] as const,
  );
  return { ...toGroup(statistics), by_sector: Object.fromEntries(sectors) };
}

function toGroup(group: GroupStatistics) {
  return {
    stocks: group.stocks,
    pnl: toSpread(group.pnl),
    return_pct: toSpread(group.returnPct),
    profitable_stocks: group.profitableStocks,
    losing_stocks: group.losingStocks,
    neutral_stocks: group.neutralStocks,
    profitability_rate: group.profitabilityRatePct,
    avg_trades_per_stock: group.averageTradesPerStock,
    win_rate: group.winRatePct,
  };
}

function toSpread(distribution: Distribution | null) {
  if (distribution === null) return null;
  const { average: avg, median, standardDeviation: std, min, max } = distribution;
  return { avg, median, std, min, max };
}
