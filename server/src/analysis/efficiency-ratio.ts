/** Candles the efficiency ratio of the regime looks back over. */
export const EFFICIENCY_LOOKBACK = 20;

/**
 * Kaufman's efficiency ratio: net move over the sum of the single moves of the last {@link EFFICIENCY_LOOKBACK} candles,
 * 0 (all back and forth, or no move at all) to 1 (a straight line). `null` when there are not that many candles before `index`.
 * @see Kaufman: Trading Systems and Methods, "efficiency ratio"
 */
export function efficiencyRatioAt(values: Float64Array, index: number): number | null {
  const start = index - EFFICIENCY_LOOKBACK;
  if (start < 0) return null;
  let path = 0;
  for (let i = start + 1; i <= index; i += 1) path += Math.abs((values[i] ?? 0) - (values[i - 1] ?? 0));
  const net = Math.abs((values[index] ?? 0) - (values[start] ?? 0));
  return path === 0 ? 0 : Math.min(1, net / path);
}
