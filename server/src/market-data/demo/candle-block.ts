/**
 * Consecutive candles of one length, packed: five numbers each – open, high, low, close (quote units) and traded lots (whole numbers, so
 * that sums are exact).
 */
export type CandleBlock = Float64Array;

export const BLOCK_STRIDE = 5;
/** Positions of a candle's numbers behind its `index * BLOCK_STRIDE`. */
export const BLOCK = { open: 0, high: 1, low: 2, close: 3, lots: 4 } as const;

/** Splits whole lots in proportion to the weights; the parts are whole and sum to all of them. */
export function splitLots(block: CandleBlock, lots: number, weights: ArrayLike<number>): void {
  let total = 0;
  for (let index = 0; index < weights.length; index += 1) total += weights[index] ?? 0;
  let cumulated = 0;
  let given = 0;
  for (let index = 0; index < weights.length; index += 1) {
    cumulated += weights[index] ?? 0;
    const upTo = index === weights.length - 1 ? lots : Math.round((cumulated / total) * lots);
    block[index * BLOCK_STRIDE + BLOCK.lots] = upTo - given;
    given = upTo;
  }
}
