import type { IndicatorColumn } from './indicator.ts';

/** A column of `length` values whose first `warmup` are NaN and whose others are 0, to be filled. */
export function createColumn(length: number, warmup: number): IndicatorColumn {
  return new Float64Array(length).fill(Number.NaN, 0, warmup);
}

/**
 * Refuses a period that is not a whole number of candles, at least 1.
 * @throws RangeError
 */
export function assertPeriod(period: number, name = 'period'): void {
  if (Number.isInteger(period) && period >= 1) return;
  throw new RangeError(`${name} must be an integer of at least 1, got ${period}`);
}
