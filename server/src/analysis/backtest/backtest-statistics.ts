import type { CandleColumns } from '@fast-scanner/shared';
import { computeStatistics, type StatisticsOptions } from './compute-statistics.ts';
import type { BacktestResult } from './run-backtest.ts';
import type { Statistics } from './statistics.ts';
import type { TradeColumns } from './trade-columns.ts';

export interface BacktestStatisticsOptions extends StatisticsOptions {
  /** Candles of the strategy's warm-up. Default 1. */
  readonly lookback?: number;
}

/**
 * The statistics of a backtest over the candles from its option `tradeFrom` on. Buy & hold beside it starts when the strategy
 * could: at the close of the last candle of its warm-up.
 */
export function computeBacktestStatistics(
  candles: CandleColumns,
  result: BacktestResult,
  { lookback = 1, ...options }: BacktestStatisticsOptions = {},
): Statistics {
  const { tradeFrom, cash } = result.options;
  const { close } = candles;
  const bought = close[benchmarkStart(result, lookback)];
  return computeStatistics(
    {
      time: candles.openTime.subarray(tradeFrom),
      equity: result.equity.subarray(tradeFrom),
      startEquity: cash,
      trades: result.trades,
      exposureRatio:
        close.length > tradeFrom ? candlesInMarket(result.trades) / (close.length - tradeFrom) : null,
      benchmarkReturnRatio: bought === undefined ? null : (close.at(-1) ?? Number.NaN) / bought - 1,
    },
    options,
  );
}

/** The candle at whose close the benchmark is bought: the first at which the strategy could have ordered. */
export function benchmarkStart({ options: { tradeFrom } }: BacktestResult, lookback: number): number {
  return Math.max(tradeFrom, lookback - 1);
}

/** Candles in which a position was held at any moment. One in which one trade ends and the next begins counts once. */
export function candlesInMarket({ count, entryIndex, exitIndex }: TradeColumns): number {
  let candles = 0;
  let counted = -1;
  for (let trade = 0; trade < count; trade += 1) {
    const entry = entryIndex[trade] ?? 0;
    const exit = exitIndex[trade] ?? 0;
    candles += exit - Math.max(entry, counted + 1) + 1;
    counted = exit;
  }
  return candles;
}
