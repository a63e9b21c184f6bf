import type { CandleColumns } from '@fast-scanner/shared';

/** Candles on each side that a swing must overtop. Bill Williams' fractal uses 2; 3 leaves out more of the noise. */
export const SWING_STRENGTH = 3;
/** Newest candles in which swings are looked for. */
export const SWING_LOOKBACK = 100;

/** Prices of confirmed swings, newest first. */
export interface Swings {
  readonly highs: readonly number[];
  readonly lows: readonly number[];
}

/**
 * Confirmed swing highs and lows of the newest {@link SWING_LOOKBACK} candles. A swing high is a high above the
 * {@link SWING_STRENGTH} highs before it and not below as many after it; lows likewise. It exists only once those later
 * candles have closed, so nothing is known before its time. Prices are in the units of the candles given.
 * @see Williams: Trading Chaos (1995), "fractal"
 */
export function findSwings({ high, low, close }: CandleColumns): Swings {
  const highs: number[] = [];
  const lows: number[] = [];
  const oldest = Math.max(SWING_STRENGTH, close.length - SWING_LOOKBACK);
  for (let index = close.length - 1 - SWING_STRENGTH; index >= oldest; index -= 1) {
    if (isSwing(high, index, 1)) highs.push(high[index] ?? Number.NaN);
    if (isSwing(low, index, -1)) lows.push(low[index] ?? Number.NaN);
  }
  return { highs, lows };
}

/** Whether the value at `index` is an extreme to the side of `sign` (1 top, −1 bottom). */
function isSwing(values: Float64Array, index: number, sign: 1 | -1): boolean {
  const extreme = sign * (values[index] ?? Number.NaN);
  for (let step = 1; step <= SWING_STRENGTH; step += 1) {
    if (!(extreme > sign * (values[index - step] ?? Number.NaN))) return false;
    if (!(extreme >= sign * (values[index + step] ?? Number.NaN))) return false;
  }
  return true;
}
