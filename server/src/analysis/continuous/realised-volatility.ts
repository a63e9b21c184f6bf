import { createColumn } from '../indicators/column.ts';
import type { IndicatorColumn } from '../indicators/indicator.ts';

/**
 * Realised volatility of the newest candle: the standard deviation (N − 1) of the newest `lookback` one-candle log returns, as a
 * ratio per candle, not annualised. Needs `lookback + 1` closes; NaN with fewer.
 */
export function newestRealisedVolatility(close: Float64Array, lookback: number): number {
  if (close.length <= lookback) return Number.NaN;
  return deviation(logReturns(close.subarray(-1 - lookback)), 0, lookback);
}

/** The same of every candle, NaN for the first `lookback` of them. */
export function computeRealisedVolatility(close: Float64Array, lookback: number): IndicatorColumn {
  const returns = logReturns(close);
  const out = createColumn(close.length, lookback);
  for (let end = lookback; end < close.length; end += 1) out[end] = deviation(returns, end - lookback, end);
  return out;
}

/** Log returns of each candle but the first: one value fewer than closes. */
function logReturns(close: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, close.length - 1));
  for (let index = 0; index < returns.length; index += 1) {
    returns[index] = Math.log((close[index + 1] ?? Number.NaN) / (close[index] ?? Number.NaN));
  }
  return returns;
}

/** Of the values `from` (inclusive) to `to`. The mean first, so that a small spread around a large mean loses no digits. */
function deviation(values: Float64Array, from: number, to: number): number {
  const count = to - from;
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += values[index] ?? Number.NaN;
  const mean = sum / count;
  let squares = 0;
  for (let index = from; index < to; index += 1) {
    const distance = (values[index] ?? Number.NaN) - mean;
    squares += distance * distance;
  }
  return Math.sqrt(squares / (count - 1));
}
