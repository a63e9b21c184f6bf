/**
 * Momentum and reversion as one score, 0–100: `bias · momentum + (1 − bias) · reversion`. Both scores 0–100, `bias`
 * (`momentum_bias`, 0.6) 0–1. A higher part never lowers it.
 */
export function computeCombinedScore(momentum: number, reversion: number, bias: number): number {
  return Math.min(100, bias * momentum + (1 - bias) * reversion);
}
