import type { CandleColumns } from '@fast-scanner/shared';
import type { BacktestOptions } from './backtest-options.ts';
import { type BacktestResult, runBacktest } from './run-backtest.ts';
import { SignalColumns } from './signal-columns.ts';
import type { ParameterValues, Strategy } from './strategy.ts';

/** A strategy with the values of its parameters, as `parseParameters` answers them. */
export interface StrategyChoice<Name extends string = string> {
  readonly strategy: Strategy<Name>;
  readonly parameters: ParameterValues<Name>;
}

/** What the strategy says at the close of every candle. */
export function computeSignals<Name extends string>(
  candles: CandleColumns,
  { strategy, parameters }: StrategyChoice<Name>,
): SignalColumns {
  const signals = new SignalColumns(candles.close.length);
  strategy.evaluate(candles, parameters, signals);
  return signals;
}

/**
 * What trading a strategy over the candles would have come to: {@link computeSignals}, then {@link runBacktest}.
 * @throws ScannerError `invalid_input` for options out of range
 */
export function backtestStrategy<Name extends string>(
  candles: CandleColumns,
  choice: StrategyChoice<Name>,
  options?: Partial<BacktestOptions>,
): BacktestResult {
  return runBacktest(candles, computeSignals(candles, choice), options);
}
