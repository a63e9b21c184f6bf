import type { VolatilityRegime } from '@fast-scanner/shared';
import { newestPercentileRank } from '../percentile-rank.ts';
import { toVolatilityLevel } from '../volatility-level.ts';

/** Readings below which nothing is said. */
export const REGIME_MIN_READINGS = 20;

export interface VolatilityReading {
  readonly regime: VolatilityRegime;
  /** Where the newest reading stands among all of them, 0–100; `null` when unknown. */
  readonly percentile: number | null;
}

/**
 * The market's volatility, judged by its own recent history: the newest reading's percentile among all readings (itself
 * included) > 80 is high, > 40 medium, else low; unknown below 20 readings. Takes the column of
 * {@link computeUniverseVolatility}, or any other readings at equal distances, oldest first. The cut-offs are
 * `VOLATILITY_CUTOFFS`.
 */
export function computeVolatilityRegime(readings: Float64Array): VolatilityReading {
  const percentile = newestPercentileRank(readings, REGIME_MIN_READINGS);
  return { regime: percentile === null ? 'unknown' : toVolatilityLevel(percentile), percentile };
}
