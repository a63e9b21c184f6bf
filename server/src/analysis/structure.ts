import { lastValue } from './indicators/indicator.ts';
import { FLAT_LOG_RANGE } from './log-candles.ts';
import type { LogIndicators } from './log-indicators.ts';
import { bodyShareAt } from './quick-readings.ts';
import { findSwings } from './swings.ts';
import { VOLUME_LOOKBACK } from './volume-ratio.ts';

export interface StructureReading {
  /** Newest swing high and low against the ones before: both higher 1, both lower −1, else in between; `null` with fewer than two of each. */
  readonly swingDirection: number | null;
  /** ATRs up to the nearest swing beyond the close; Infinity beyond all of them, `null` when there are none to compare with. */
  readonly roomAtrs: number | null;
}

/** Market structure of the newest candle, seen from a side, in log prices. */
export function readStructure({ candles, atr }: LogIndicators, side: 1 | -1): StructureReading {
  const { highs, lows } = findSwings(candles);
  const close = candles.close.at(-1) ?? Number.NaN;
  const targets = side === 1 ? highs : lows;
  const ahead = targets.map((level) => side * (level - close)).filter((distance) => distance > 0);
  const unit = lastValue(atr) ?? 0;
  const known = targets.length > 0 && unit > FLAT_LOG_RANGE;
  return {
    swingDirection: meanDirection(newestStep(highs), newestStep(lows)),
    roomAtrs: known ? Math.min(...ahead) / unit : null,
  };
}

/** Net share of the newest {@link VOLUME_LOOKBACK} candles' volume in the direction of their bodies, −1 to 1; `null` without volume. */
export function volumePressure(indicators: LogIndicators): number | null {
  const { volume } = indicators.candles;
  let total = 0;
  let net = 0;
  for (let index = volume.length - VOLUME_LOOKBACK; index < volume.length; index += 1) {
    total += volume[index] ?? 0;
    net += (volume[index] ?? 0) * (bodyShareAt(indicators, index) ?? 0);
  }
  return total > 0 ? net / total : null;
}

/** Sign of the step from the swing before to the newest one; `null` with fewer than two. */
function newestStep([newest, before]: readonly number[]): number | null {
  return newest === undefined || before === undefined ? null : Math.sign(newest - before);
}

function meanDirection(highs: number | null, lows: number | null): number | null {
  return highs === null || lows === null ? null : (highs + lows) / 2;
}
