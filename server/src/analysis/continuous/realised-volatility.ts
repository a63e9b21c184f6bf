import type { IndicatorColumn } from '../indicators/indicator.ts';

/**
 * Realised volatility of the candle at `index`: the standard deviation (N − 1) of the newest `lookback` one-candle log returns,
 * as a ratio per candle, not annualised. Needs `lookback + 1` closes; NaN before that.
 */
export function realisedVolatilityAt(close: Float64Array, index: number, lookback: number): number {
  if (index < lookback) return Number.NaN;
  return deviation(logReturns(close.subarray(index - lookback, index + 1)));
}

/** The same for every candle, NaN for the first `lookback` of them. */
export function computeRealisedVolatility(close: Float64Array, lookback: number): IndicatorColumn {
  const returns = logReturns(close);
  return close.map((_, index) =>
    index < lookback ? Number.NaN : deviation(returns.subarray(index - lookback, index)),
  );
}

/** Log returns of each candle but the first: one value fewer than closes. */
function logReturns(close: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, close.length - 1));
  for (let index = 0; index < returns.length; index += 1) {
    returns[index] = Math.log((close[index + 1] ?? Number.NaN) / (close[index] ?? Number.NaN));
  }
  return returns;
}

/** Two passes: the mean first, so that a small spread around a large mean loses no digits. */
function deviation(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
