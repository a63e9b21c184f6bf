import { computeStatistics, type StatisticsOptions } from './compute-statistics.ts';
import type { EquityCurve } from './equity-curve.ts';
import type { Statistics } from './statistics.ts';
import type { StockCurve } from './stock-curve.ts';
import type { TradeOutcomes } from './trade-statistics.ts';

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
 * The portfolio of the stocks, each with its own starting cash. Statistics come from the summed daily equity, never from the
 * mean of the stocks' own; those of trades from all trades together.
 *
 * Days are aligned by date: before its first day a stock is its starting cash, on a day it misses and after its last day its
 * last equity. No stocks give empty columns.
 */
export function computePortfolio(stocks: readonly StockCurve[], options?: StatisticsOptions): Portfolio {
  const time = unionOfDays(stocks);
  const equity = sumAligned(stocks, time);
  const benchmark = sumAligned(
    stocks.map((stock) => ({ ...stock, equity: stock.benchmark })),
    time,
  );
  const startEquity = sumOf(stocks, (stock) => stock.startEquity);
  const candles = sumOf(stocks, (stock) => stock.candles);
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
        trades: poolTrades(stocks),
        exposureRatio: candles > 0 ? sumOf(stocks, (stock) => stock.candlesInMarket) / candles : null,
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

function unionOfDays(stocks: readonly StockCurve[]): Float64Array {
  const days = new Set<number>();
  for (const { time } of stocks) for (const day of time) days.add(day);
  return Float64Array.from(days).sort();
}

function sumAligned(curves: readonly EquityCurve[], days: Float64Array): Float64Array {
  const sum = new Float64Array(days.length);
  for (const { time, equity, startEquity } of curves) {
    let next = 0;
    let worth = startEquity;
    for (let day = 0; day < days.length; day += 1) {
      if (time[next] === days[day]) {
        worth = equity[next] ?? worth;
        next += 1;
      }
      sum[day] = (sum[day] ?? 0) + worth;
    }
  }
  return sum;
}

function poolTrades(stocks: readonly StockCurve[]): TradeOutcomes {
  return {
    pnl: concatenate(stocks.map(({ trades }) => trades.pnl)),
    returnRatio: concatenate(stocks.map(({ trades }) => trades.returnRatio)),
  };
}

function concatenate(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(sumOf(columns, (column) => column.length));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
