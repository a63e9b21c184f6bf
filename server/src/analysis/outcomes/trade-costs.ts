import { BACKTEST_DEFAULTS, type BacktestOptions } from '../backtest/backtest-options.ts';

/** What a fill costs, as in a backtest. */
export type TradeCosts = Pick<BacktestOptions, 'commissionRate' | 'slippageRate'>;

/** Those of a backtest that names none: 0.1 % commission and 5 bp slippage. */
export const DEFAULT_COSTS: TradeCosts = BACKTEST_DEFAULTS;

/** Costs of a whole trade, entry and exit, in percent of its entry. */
export function costPctOf({ commissionRate, slippageRate }: TradeCosts): number {
  return 200 * (commissionRate + slippageRate);
}
