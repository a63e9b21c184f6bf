/** Mean of the newest `count` values; of all of them when there are fewer. NaN of none. */
export function newestMean(values: Float64Array, count: number): number {
  const start = Math.max(0, values.length - count);
  let sum = 0;
  for (let index = start; index < values.length; index += 1) sum += values[index] ?? Number.NaN;
  return sum / (values.length - start);
}

/**
 * Natural logarithm of the newest value over the one `candles` before it: a return that a rise and the fall which takes it
 * back have in the same size. NaN when there are not that many.
 */
export function newestLogReturn(close: Float64Array, candles: number): number {
  return Math.log((close.at(-1) ?? Number.NaN) / (close.at(-1 - candles) ?? Number.NaN));
}

/** The newest value's change from the one `candles` before it, percent. NaN when there are not that many. */
export function newestChangePct(close: Float64Array, candles: number): number {
  return 100 * ((close.at(-1) ?? Number.NaN) / (close.at(-1 - candles) ?? Number.NaN) - 1);
}
