import { createZeros } from './column.ts';

/*
 * Sliding windows without subtraction. The column is cut into blocks of one period, so every window is the tail of one
 * block and the head of the next. Tails are accumulated backwards once a block (and parked in the output), heads forwards.
 * Nothing that has left the window can leave a rounding error, or a NaN, behind; and each value is touched three times,
 * whatever the period.
 */
/**
 * Writes the mean of each window of `period` values into `out` (equal length, zeroed, another column than `values`); NaN for the
 * first `period − 1`. Sums are taken relative to a value inside the window, so a flat window has exactly its value as mean.
 * @see M. van Herk, A fast algorithm for local minimum and maximum filters, 1992 (the blocks)
 */
export function slidingMeanInto(values: Float64Array, period: number, out: Float64Array): void {
  const length = values.length;
  const share = 1 / period;
  for (let start = 0; start < length; start += period) {
    const reference = values[start] ?? Number.NaN;
    if (start > 0) parkTailSums(values, { start, period, reference }, out);
    const end = Math.min(start + period, length);
    let head = 0;
    for (let i = start; i < end; i += 1) {
      head += (values[i] ?? Number.NaN) - reference;
      out[i] = reference + (head + (out[i] ?? Number.NaN)) * share;
    }
  }
  out.fill(Number.NaN, 0, period - 1);
}

/** The highest of each window of `period` values; NaN for the first `period − 1` and for a window with a NaN in it. */
export function slidingMaximum(values: Float64Array, period: number): Float64Array {
  const length = values.length;
  const out = createZeros(length);
  for (let start = 0; start < length; start += period) {
    const end = Math.min(start + period, length);
    let tail = Number.NEGATIVE_INFINITY;
    for (let i = start + period - 1; i >= start; i -= 1) {
      if (i < length) out[i] = tail;
      if (start > 0) tail = Math.max(tail, values[i - period] ?? Number.NaN);
    }
    let head = Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; i += 1) {
      head = Math.max(head, values[i] ?? Number.NaN);
      out[i] = Math.max(head, out[i] ?? Number.NaN);
    }
  }
  return out.fill(Number.NaN, 0, period - 1);
}

/** The lowest of each window of `period` values; NaN for the first `period − 1` and for a window with a NaN in it. */
export function slidingMinimum(values: Float64Array, period: number): Float64Array {
  const length = values.length;
  const out = createZeros(length);
  for (let start = 0; start < length; start += period) {
    const end = Math.min(start + period, length);
    let tail = Number.POSITIVE_INFINITY;
    for (let i = start + period - 1; i >= start; i -= 1) {
      if (i < length) out[i] = tail;
      if (start > 0) tail = Math.min(tail, values[i - period] ?? Number.NaN);
    }
    let head = Number.POSITIVE_INFINITY;
    for (let i = start; i < end; i += 1) {
      head = Math.min(head, values[i] ?? Number.NaN);
      out[i] = Math.min(head, out[i] ?? Number.NaN);
    }
  }
  return out.fill(Number.NaN, 0, period - 1);
}

interface Block {
  readonly start: number;
  readonly period: number;
  readonly reference: number;
}

/** Parks, at each position of the block, the sum of that window's values from before the block. */
function parkTailSums(values: Float64Array, { start, period, reference }: Block, out: Float64Array): void {
  const length = values.length;
  let tail = 0;
  for (let i = start + period - 1; i >= start; i -= 1) {
    if (i < length) out[i] = tail;
    tail += (values[i - period] ?? Number.NaN) - reference;
  }
}
