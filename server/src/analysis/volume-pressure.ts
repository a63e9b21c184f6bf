import type { CandleColumns } from '@fast-scanner/shared';
import { bodyShareAt } from './body-share.ts';
import { VOLUME_LOOKBACK } from './volume-ratio.ts';

/**
 * Net share of the newest {@link VOLUME_LOOKBACK} candles' volume in the direction of their bodies, −1 to 1:
 * `Σ volume · (close − open) / (high − low) / Σ volume` over log prices. `null` without volume.
 */
export function volumePressure(candles: CandleColumns): number | null {
  const { volume } = candles;
  let total = 0;
  let net = 0;
  for (let index = Math.max(0, volume.length - VOLUME_LOOKBACK); index < volume.length; index += 1) {
    total += volume[index] ?? 0;
    net += (volume[index] ?? 0) * (bodyShareAt(candles, index) ?? 0);
  }
  return total > 0 ? net / total : null;
}
