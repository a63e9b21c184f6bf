import { ramp } from './ramp.ts';
import type { Regime } from './regime-walk.ts';

/** Every constant of the confidence. */
export const REGIME_CONFIDENCE = {
  /** Shares of the confidence; they sum to 1. */
  weights: { adx: 0.4, gap: 0.3, efficiency: 0.3 },
  /** ADX at which its share is 0 and full, for a trend and for a range. */
  trendAdx: { none: 20, full: 40 },
  rangingAdx: { none: 25, full: 10 },
  /** EMA gap at which its share is full for a trend, and 0 for a range. */
  wideGapAtrs: 2,
} as const;

export interface RegimeEvidence {
  readonly adx: number | null;
  /** EMA 20 − EMA 50, in ATRs. */
  readonly gapAtrs: number | null;
  readonly efficiencyRatio: number | null;
}

/**
 * Confidence in a regime, 0–1.
 * Of a trend: 0.4 · ADX from 20 (0) to 40 (1) + 0.3 · gap of the EMAs from 0 to 2 ATR + 0.3 · efficiency ratio.
 * Of ranging: 0.4 · ADX from 25 (0) down to 10 (1) + 0.3 · gap from 2 ATR (0) down to 0 (1) + 0.3 · (1 − efficiency ratio).
 * A share whose evidence is missing counts as 0.
 */
export function regimeConfidence(regime: Regime, evidence: RegimeEvidence): number {
  const { adx, gapAtrs, efficiencyRatio } = evidence;
  const { weights, trendAdx, rangingAdx, wideGapAtrs } = REGIME_CONFIDENCE;
  const isTrend = regime !== 'ranging';
  const { none, full } = isTrend ? trendAdx : rangingAdx;
  const turned = (share: number) => (isTrend ? share : 1 - share);
  return (
    weights.adx * (adx === null ? 0 : ramp(adx, none, full)) +
    weights.gap * (gapAtrs === null ? 0 : turned(ramp(Math.abs(gapAtrs), 0, wideGapAtrs))) +
    weights.efficiency * (efficiencyRatio === null ? 0 : turned(efficiencyRatio))
  );
}
