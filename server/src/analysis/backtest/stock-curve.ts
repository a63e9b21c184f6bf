import type { CandleColumns } from '@fast-scanner/shared';
import { benchmarkStart, candlesInMarket } from './backtest-statistics.ts';
import { type EquityCurve, toDailyCurve } from './equity-curve.ts';
import type { BacktestResult } from './run-backtest.ts';
import type { TradeOutcomes } from './trade-statistics.ts';

/** What a portfolio reads of one stock's backtest, one value per UTC day. Columns only: cheap to send between threads. */
export interface StockCurve extends EquityCurve {
  /** The same money bought and held from the end of the warm-up on, without costs. */
  readonly benchmark: Float64Array;
  readonly trades: TradeOutcomes;
  readonly candles: number;
  readonly candlesInMarket: number;
}

/** The part of a backtest a portfolio needs, from the option `tradeFrom` on. `lookback`: candles of the strategy's warm-up. */
export function toStockCurve(candles: CandleColumns, result: BacktestResult, lookback: number): StockCurve {
  const { tradeFrom, cash } = result.options;
  const time = candles.openTime.subarray(tradeFrom);
  const bought = benchmarkStart(result, lookback);
  const units = cash / (candles.close[bought] ?? Number.NaN);
  const held = candles.close
    .map((close, index) => (index < bought ? cash : units * close))
    .subarray(tradeFrom);
  const daily = toDailyCurve({ time, equity: result.equity.subarray(tradeFrom), startEquity: cash });
  return {
    ...daily,
    benchmark: toDailyCurve({ time, equity: held, startEquity: cash }).equity,
    trades: { pnl: result.trades.pnl, returnRatio: result.trades.returnRatio },
    candles: time.length,
    candlesInMarket: candlesInMarket(result.trades),
  };
}
