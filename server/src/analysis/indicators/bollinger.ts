import { assertPeriod, createColumn } from './column.ts';
import type { IndicatorColumn } from './indicator.ts';

export interface BollingerOptions {
  /** Candles in the window. Default 20. */
  readonly period?: number;
  /** Half the width of the band, in standard deviations. Default 2. */
  readonly deviations?: number;
}

export interface BollingerColumns {
  /** The mean, in units of price. */
  readonly middle: IndicatorColumn;
  readonly upper: IndicatorColumn;
  readonly lower: IndicatorColumn;
  /** Where the close lies in the band: 0 on the lower, 1 on the upper, beyond them outside. */
  readonly percentB: IndicatorColumn;
  /** (upper − lower) / middle, a ratio. */
  readonly bandwidth: IndicatorColumn;
}

/** Where a value lies in a band, from its distance to the middle and the band's half width; 0.5 in a band of no width. */
export function bandPosition(distance: number, halfWidth: number): number {
  return halfWidth === 0 ? 0.5 : 0.5 + distance / (2 * halfWidth);
}

/**
 * Standard deviation (population) from the means of the differences and of the squared differences to a reference, which has to be a
 * value inside the window: the variance is then at least the n-th part of `meanSquare`, so the subtraction neither turns negative
 * nor loses more than a factor n in precision, whatever the price level.
 * @see P. A. Samuelson, How Deviant Can You Be?, 1968 (the bound)
 */
export function deviationOf(meanDifference: number, meanSquare: number): number {
  return Math.sqrt(meanSquare - meanDifference * meanDifference);
}

/**
 * Bollinger bands: mean ± `deviations` · population standard deviation of the last `period` closes.
 *
 * First value at candle `period`. In a flat window the bands meet, percentB is 0.5 and bandwidth 0. Never drifts, and no price level
 * is too high for its variance (see `sliding.ts` for the blocks). A NaN close empties just the windows that hold it.
 * @throws RangeError when the period is not a positive integer
 * @see John Bollinger, Bollinger on Bollinger Bands, 2001
 */
export function computeBollinger(
  close: Float64Array,
  { period = 20, deviations = 2 }: BollingerOptions = {},
): BollingerColumns {
  assertPeriod(period);
  const length = close.length;
  const columns = {
    middle: createColumn(length, 0),
    upper: createColumn(length, 0),
    lower: createColumn(length, 0),
    percentB: createColumn(length, 0),
    bandwidth: createColumn(length, 0),
  };
  for (let start = 0; start < length; start += period) {
    if (start > 0) parkTails(close, { start, period }, columns);
    writeBlock(close, { start, period, deviations }, columns);
  }
  for (const column of Object.values(columns)) column.fill(Number.NaN, 0, period - 1);
  return columns;
}

interface Block {
  readonly start: number;
  readonly period: number;
}

/** Parks what each window of the block holds from before it: the sum of differences in `middle`, of their squares in `upper`. */
function parkTails(close: Float64Array, { start, period }: Block, { middle, upper }: BollingerColumns): void {
  const length = close.length;
  const reference = close[start] ?? Number.NaN;
  let sum = 0;
  let squares = 0;
  for (let i = start + period - 1; i >= start; i -= 1) {
    if (i < length) {
      middle[i] = sum;
      upper[i] = squares;
    }
    const difference = (close[i - period] ?? Number.NaN) - reference;
    sum += difference;
    squares += difference * difference;
  }
}

function writeBlock(
  close: Float64Array,
  { start, period, deviations }: Block & { readonly deviations: number },
  { middle, upper, lower, percentB, bandwidth }: BollingerColumns,
): void {
  const end = Math.min(start + period, close.length);
  const reference = close[start] ?? Number.NaN;
  const share = 1 / period;
  let sum = 0;
  let squares = 0;
  for (let i = start; i < end; i += 1) {
    const difference = (close[i] ?? Number.NaN) - reference;
    sum += difference;
    squares += difference * difference;
    const offset = (sum + (middle[i] ?? Number.NaN)) * share;
    const halfWidth = deviations * deviationOf(offset, (squares + (upper[i] ?? Number.NaN)) * share);
    const mean = reference + offset;
    middle[i] = mean;
    upper[i] = mean + halfWidth;
    lower[i] = mean - halfWidth;
    percentB[i] = bandPosition(difference - offset, halfWidth);
    bandwidth[i] = (2 * halfWidth) / mean;
  }
}
