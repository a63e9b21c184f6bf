import type { CandleColumns } from '@fast-scanner/shared';
import { createZeros } from './indicators/column.ts';

/**
 * Below this, a range, band or ATR in log-price units counts as no movement at all. One tick of any listed market is
 * far larger (0.01 on 100,000 is 1e-7); rounding errors of running sums are far smaller.
 */
export const FLAT_LOG_RANGE = 1e-9;

/**
 * Candles whose prices are natural logarithms relative to the first close: `ln(price / close[0])`.
 *
 * Every score is computed on these, because two laws then hold by construction: multiplying all prices by a factor
 * changes nothing, and replacing prices by their reciprocals turns every column upside down (high and low change
 * places), so that each rule which treats both sides alike swaps BUY and SELL. A flat series becomes exact zeros.
 * Volume and open times are the same arrays. Prices must be positive; an empty series stays empty.
 */
export function toLogCandles(candles: CandleColumns): CandleColumns {
  const reference = candles.close[0] ?? 1;
  return {
    openTime: candles.openTime,
    open: toLog(candles.open, reference),
    high: toLog(candles.high, reference),
    low: toLog(candles.low, reference),
    close: toLog(candles.close, reference),
    volume: candles.volume,
  };
}

function toLog(prices: Float64Array, reference: number): Float64Array {
  const logs = createZeros(prices.length);
  for (let index = 0; index < logs.length; index += 1) {
    logs[index] = Math.log((prices[index] ?? Number.NaN) / reference);
  }
  return logs;
}
