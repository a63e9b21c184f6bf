import type { MarketRegime } from '@fast-scanner/shared';

/**
 * Efficiency ratios over 20 candles at the tails of a random walk, whose ratio is about `|Z| · √(π/2) / √20` with Z standard
 * normal: one in five of its candles is above 0.36 (|Z| = 1.28), one in five below 0.07 (|Z| = 0.25). What lies between
 * cannot be told from chance.
 */
export const PERSISTENCE_CUTOFFS = { trending: 0.36, meanReverting: 0.07 } as const;

/** The level of an efficiency ratio (0–1); `random` when it is not known. */
export function toPersistenceLevel(efficiencyRatio: number | null): MarketRegime['persistence'] {
  if (efficiencyRatio === null) return 'random';
  if (efficiencyRatio >= PERSISTENCE_CUTOFFS.trending) return 'trending';
  return efficiencyRatio <= PERSISTENCE_CUTOFFS.meanReverting ? 'mean_reverting' : 'random';
}
