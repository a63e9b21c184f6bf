import type { CandleColumns } from '@fast-scanner/shared';
import { type BacktestOptions, completeOptions } from './backtest-options.ts';
import { MarketWalk } from './market-walk.ts';
import type { SignalColumns } from './signal-columns.ts';
import type { TradeColumns } from './trade-columns.ts';

/** What trading the signals would have come to. */
export interface BacktestResult {
  /** Cash plus the open position's worth at each close, in money. Aligned with the candles. */
  readonly equity: Float64Array;
  /** The last equity; the starting cash when there are no candles. */
  readonly finalEquity: number;
  readonly trades: TradeColumns;
  /** Entries that were ordered but not made, because the money did not reach for one unit. */
  readonly refusedEntries: number;
  /** The options it was traded with, defaults filled in. */
  readonly options: BacktestOptions;
}

/**
 * Trades the signals over the candles, one position at a time, all money in it.
 *
 * An order at the close of candle t is filled at the open of t+1: a buy at `open · (1 + slippage)`, a sale at
 * `open · (1 − slippage)`, each with `commission · units · price`. An order for the opposite side closes the position first,
 * in the same candle; one that `direction` forbids only closes. Stops and targets are watched from the entry candle on:
 * a candle that opens beyond one fills at its open, one that touches it at its price, and when a candle touches both, the
 * stop is taken. Stops slip, targets (limit orders) do not. A short whose loss would take all the money is bought back
 * at the price where nothing is left (`ruin`), or at the open of a candle that jumps over it. What is open at the end is
 * closed as `lastTrade` says and counted; with `open`, nothing is opened at that last open.
 *
 * No look-ahead: equity up to t−1 and trades closed before t are the same when candles from t+1 on are cut off.
 * The candles must be clean; none gives an empty equity and no trade.
 * @throws ScannerError `invalid_input` for options out of range
 * @throws RangeError when signals and candles differ in length
 */
export function runBacktest(
  candles: CandleColumns,
  signals: SignalColumns,
  options?: Partial<BacktestOptions>,
): BacktestResult {
  if (signals.length !== candles.close.length)
    throw new RangeError(`${signals.length} signals for ${candles.close.length} candles`);
  return new MarketWalk(candles, signals, completeOptions(options)).run();
}
