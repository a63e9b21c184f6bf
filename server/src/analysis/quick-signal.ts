import type { Factor, IndicatorSnapshot, SignalDirection } from '@fast-scanner/shared';
import { QUICK_FACTORS, type QuickFactor } from './quick-factors.ts';
import type { QuickReadings } from './quick-readings.ts';
import { clamp } from './ramp.ts';

/**
 * Score from which a signal is BUY (`≥ +`) or SELL (`≤ −`); between them HOLD.
 *
 * TradingView's Technical Ratings say buy and sell from ±0.1 and strong from ±0.5, with votes of −1, 0 or 1 each. Ours are
 * graded, so 0.1 is one weak factor; 0.3, the middle between their two lines, asks for several factors together. It leaves
 * about half of all candles on HOLD (30 USDT spot markets, 15 m candles of June 2025 and 1 h candles of 2024).
 * @see https://www.tradingview.com/support/solutions/43000614331-technical-ratings/
 */
export const SIGNAL_CUTOFF = 0.3;

/** What one factor says, without its reasons. */
export type FactorVote = Pick<Factor, 'name' | 'weight' | 'value' | 'contribution'>;

/** The vote of all factors. */
export interface QuickVote {
  readonly signal: SignalDirection;
  /** Sum of the contributions, −1 to 1. */
  readonly score: number;
  /** In the order of {@link QUICK_FACTORS}. */
  readonly factors: readonly FactorVote[];
}

export interface QuickScore extends QuickVote {
  /** `|score| · 100`. */
  readonly strength: number;
  readonly factors: Factor[];
}

/**
 * The weighted vote of {@link QUICK_FACTORS}: contribution = weight · value, score = their sum. A factor without
 * evidence has value 0; the other weights stay as they are, so missing evidence only ever weakens.
 */
export function voteOnReadings(readings: QuickReadings): QuickVote {
  const factors = QUICK_FACTORS.map(({ name, weight, evaluate }) => {
    const reading = evaluate(readings);
    if (reading === null) return { name, weight, value: 0, contribution: 0 };
    const value = reading + 0; // −0 does not survive JSON
    return { name, weight, value, contribution: weight * value };
  });
  const total = factors.reduce((sum, { contribution }) => sum + contribution, 0);
  const score = clamp(total, -1, 1);
  return { signal: toSignal(score), score, factors };
}

/**
 * The vote with the reasons of each factor. `shown` gives the rationales the indicator values a reader sees elsewhere (in ordinary
 * prices); the scored values come from `readings` (log prices) and may differ from them by tenths.
 */
export function scoreQuickSignal(readings: QuickReadings, shown: IndicatorSnapshot): QuickScore {
  const { signal, score, factors } = voteOnReadings(readings);
  const explained = QUICK_FACTORS.flatMap((factor, index) => {
    const vote = factors[index];
    return vote ? [{ ...vote, rationale: explainFactor(factor, readings, shown) }] : [];
  });
  return { signal, score, strength: Math.abs(score) * 100, factors: explained };
}

/** BUY, SELL or HOLD by {@link SIGNAL_CUTOFF}. */
export function toSignal(score: number): SignalDirection {
  if (score >= SIGNAL_CUTOFF) return 'BUY';
  return score <= -SIGNAL_CUTOFF ? 'SELL' : 'HOLD';
}

function explainFactor(factor: QuickFactor, readings: QuickReadings, shown: IndicatorSnapshot): string {
  const isSilent = factor.evaluate(readings) === null;
  return isSilent ? `no evidence: needs ${factor.needs}` : factor.explain(readings, shown);
}
