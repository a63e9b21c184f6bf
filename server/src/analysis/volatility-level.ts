import type { MarketRegime } from '@fast-scanner/shared';

/** Percentiles of ATR % above which volatility is high, and medium; the same cut-offs as for the whole universe. */
export const VOLATILITY_CUTOFFS = { high: 80, medium: 40 } as const;

/** ATR readings the percentile needs. */
export const VOLATILITY_MIN_READINGS = 100;

/** The level of a percentile (0–100); `medium` when it is not known. */
export function toVolatilityLevel(percentile: number | null): MarketRegime['volatility'] {
  if (percentile === null) return 'medium';
  if (percentile > VOLATILITY_CUTOFFS.high) return 'high';
  return percentile > VOLATILITY_CUTOFFS.medium ? 'medium' : 'low';
}
