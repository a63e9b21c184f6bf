import { computeStatistics, type StatisticsOptions } from './compute-statistics.ts';
import { joinCurves } from './join-curves.ts';
import type { Statistics } from './statistics.ts';
import type { StockCurve } from './stock-curve.ts';

/** All stocks of a universe as one account. */
export interface Portfolio {
  /** UTC midnights of the days on which any of the stocks traded, epoch ms. */
  readonly time: Float64Array;
  /** Sum of the stocks' equity at the end of each day, in money. */
  readonly equity: Float64Array;
  /** The same money held in equal parts of every stock instead: the equal-weight universe, never rebalanced. */
  readonly benchmark: Float64Array;
  readonly statistics: Statistics;
  /** Of the benchmark; without statistics of trades. */
  readonly benchmarkStatistics: Statistics;
}

/**
 * The portfolio of the stocks, each with its own starting cash, their days aligned as {@link joinCurves} does. Statistics come from the
 * summed daily equity, never from the mean of the stocks' own; those of trades from all trades together.
 */
export function computePortfolio(stocks: readonly StockCurve[], options?: StatisticsOptions): Portfolio {
  const { time, equity, benchmark, startEquity, trades, candles, candlesInMarket } = joinCurves(stocks);
  const held = { time, equity: benchmark, startEquity };
  return {
    time,
    equity,
    benchmark,
    statistics: computeStatistics(
      {
        time,
        equity,
        startEquity,
        trades,
        exposureRatio: candles > 0 ? candlesInMarket / candles : null,
        benchmarkReturnRatio: startEquity > 0 ? (benchmark.at(-1) ?? startEquity) / startEquity - 1 : null,
      },
      options,
    ),
    benchmarkStatistics: computeStatistics(
      { ...held, trades: null, exposureRatio: null, benchmarkReturnRatio: null },
      options,
    ),
  };
}
