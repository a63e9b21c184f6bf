import { lastValue } from './indicators/indicator.ts';
import { FLAT_LOG_RANGE } from './log-candles.ts';
import type { LogIndicators } from './log-indicators.ts';
import { findSwings } from './swings.ts';

export interface StructureReading {
  /** Newest swing high and low against the ones before: both higher 1, both lower −1, else in between; `null` with fewer than two of each. */
  readonly swingDirection: number | null;
  /** ATRs up to the nearest swing beyond the close; Infinity beyond all of them, `null` when there are none to compare with. */
  readonly roomAtrs: number | null;
}

/** Market structure of the newest candle, seen from a side (1 long, −1 short), in log prices. */
export function readStructure({ candles, atr }: LogIndicators, side: 1 | -1): StructureReading {
  const { highs, lows } = findSwings(candles);
  const close = candles.close.at(-1) ?? Number.NaN;
  const levels = side === 1 ? highs : lows;
  const ahead = levels.map((level) => side * (level - close)).filter((distance) => distance > 0);
  const unit = lastValue(atr) ?? 0;
  const isKnown = levels.length > 0 && unit > FLAT_LOG_RANGE;
  return {
    swingDirection: meanDirection(newestStep(highs), newestStep(lows)),
    roomAtrs: isKnown ? Math.min(...ahead) / unit : null,
  };
}

/** Sign of the step from the swing before to the newest one; `null` with fewer than two. */
function newestStep([newest, before]: readonly number[]): number | null {
  return newest === undefined || before === undefined ? null : Math.sign(newest - before);
}

function meanDirection(highs: number | null, lows: number | null): number | null {
  return highs === null || lows === null ? null : (highs + lows) / 2;
}
