import type { ContinuousSignalType, MarketBias, Reversion } from '@fast-scanner/shared';
import { computeCombinedScore } from './combined-score.ts';
import { type Direction, toBias } from './direction.ts';

/** Momentum score above which a signal is one of momentum. */
export const MOMENTUM_CUTOFF = 70;
/** Combined scores above which a signal is strong, and weak. */
export const COMBINED_CUTOFFS = { strong: 60, weak: 40 } as const;

/** What a signal's type follows from. */
export interface SignalEvidence {
  readonly momentumScore: number;
  /** Of the 10-candle move. */
  readonly direction: Direction;
  readonly reversion: Pick<Reversion, 'reversion_score' | 'reversion_candidate' | 'reversion_direction'>;
  /** `momentum_bias`, 0–1. */
  readonly bias: number;
}

/**
 * The type of a signal; the first rule that holds decides:
 * 1. momentum > 70 and no candidate for a reversion → MOMENTUM_BUY / SELL, with the move;
 * 2. a candidate → REVERSION_BULLISH / BEARISH, against its gain (no gain, no such signal);
 * 3. combined score > 60 → STRONG_BUY / SELL;
 * 4. combined score > 40 → WEAK_BUY / SELL;
 * 5. NEUTRAL.
 *
 * Strong and weak signals go the way of the part, momentum or reversion, that adds more to the combined score (equal: momentum);
 * with the default bias that is always momentum. Without a direction there is no side, so NEUTRAL. With the default bias
 * STRONG is rare: without a candidate reversion has 50 at most, so it takes a momentum of 66.7 to 70 beside it.
 */
export function computeSignalType(evidence: SignalEvidence): ContinuousSignalType {
  const { momentumScore, direction, reversion, bias } = evidence;
  const { reversion_candidate: isCandidate, reversion_direction: reversionBias } = reversion;
  if (momentumScore > MOMENTUM_CUTOFF && !isCandidate && direction !== 0) {
    return direction === 1 ? 'MOMENTUM_BUY' : 'MOMENTUM_SELL';
  }
  if (isCandidate && reversionBias !== 'neutral') {
    return reversionBias === 'bullish' ? 'REVERSION_BULLISH' : 'REVERSION_BEARISH';
  }
  const side = leadingBias(evidence);
  const combined = computeCombinedScore(momentumScore, reversion.reversion_score, bias);
  if (side === 'neutral' || combined <= COMBINED_CUTOFFS.weak) return 'NEUTRAL';
  if (combined > COMBINED_CUTOFFS.strong) return side === 'bullish' ? 'STRONG_BUY' : 'STRONG_SELL';
  return side === 'bullish' ? 'WEAK_BUY' : 'WEAK_SELL';
}

function leadingBias({ momentumScore, direction, reversion, bias }: SignalEvidence): MarketBias {
  const isMomentum = bias * momentumScore >= (1 - bias) * reversion.reversion_score;
  return isMomentum ? toBias(direction) : reversion.reversion_direction;
}

/** The side a signal type stands on: BUY and REVERSION_BULLISH are bullish, SELL and REVERSION_BEARISH bearish. */
export function biasOfSignalType(type: ContinuousSignalType): MarketBias {
  if (type === 'NEUTRAL') return 'neutral';
  return type.endsWith('_BUY') || type === 'REVERSION_BULLISH' ? 'bullish' : 'bearish';
}
