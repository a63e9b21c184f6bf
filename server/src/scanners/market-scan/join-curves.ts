import { computePortfolio } from '../../analysis/backtest/compute-portfolio.ts';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';

/** Stocks as one: their summed equity and all their trades. Joined curves can be joined again, to the same end. */
export function joinCurves(curves: readonly StockCurve[]): StockCurve {
  const { time, equity, benchmark } = computePortfolio(curves);
  const sum = (value: (curve: StockCurve) => number) =>
    curves.reduce((total, curve) => total + value(curve), 0);
  return {
    time,
    equity,
    benchmark,
    startEquity: sum(({ startEquity }) => startEquity),
    candles: sum(({ candles }) => candles),
    candlesInMarket: sum(({ candlesInMarket }) => candlesInMarket),
    trades: {
      pnl: joinColumns(curves.map(({ trades }) => trades.pnl)),
      returnRatio: joinColumns(curves.map(({ trades }) => trades.returnRatio)),
    },
  };
}

function joinColumns(columns: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(columns.reduce((length, column) => length + column.length, 0));
  let at = 0;
  for (const column of columns) {
    joined.set(column, at);
    at += column.length;
  }
  return joined;
}
