/**
 * A column of indicator values aligned with its candles. Positions inside the warm-up hold NaN, the only way a
 * Float64Array can say "no value"; outside `analysis/` they are always read through {@link valueAt}, which answers `null`.
 */
export type IndicatorColumn = Float64Array;

/** The value at a position (negative counts from the end), or `null` inside the warm-up or outside the column. */
export function valueAt(column: IndicatorColumn, index: number): number | null {
  const value = column[index < 0 ? column.length + index : index]; // some 5 times as fast as `at`
  return value === undefined || !Number.isFinite(value) ? null : value;
}

/** The newest value, or `null` inside the warm-up. */
export function lastValue(column: IndicatorColumn): number | null {
  return valueAt(column, -1);
}

/**
 * The streaming form of an indicator. `add` takes a closed candle, `replace` re-reads the newest candle with other values
 * (the open candle while it forms). Both answer the newest result, `null` during warm-up, and equal the batch form.
 */
export interface StreamingIndicator<Input, Result> {
  /** Candles needed for the first result. */
  readonly warmup: number;
  readonly result: Result | null;
  add(input: Input): Result | null;
  /** @throws Error when nothing was added yet */
  replace(input: Input): Result | null;
}
