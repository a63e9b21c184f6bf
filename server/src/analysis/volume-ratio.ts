/** Candles the usual volume is averaged over. */
export const VOLUME_LOOKBACK = 20;

/**
 * Volume of the candle at `index` as a multiple of the mean of the {@link VOLUME_LOOKBACK} candles before it;
 * `null` when there are not that many, or when nothing was traded in them.
 */
export function volumeRatioAt(volume: Float64Array, index: number): number | null {
  if (index < VOLUME_LOOKBACK) return null;
  let usual = 0;
  for (let i = index - VOLUME_LOOKBACK; i < index; i += 1) usual += (volume[i] ?? 0) / VOLUME_LOOKBACK;
  return usual > 0 ? (volume[index] ?? 0) / usual : null;
}
