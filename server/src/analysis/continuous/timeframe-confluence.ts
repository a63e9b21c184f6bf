import {
  type MarketBias,
  type TimeframeConfluence,
  type TimeframeDetail,
  TRADING_STYLES,
  type TradingStyle,
} from '@fast-scanner/shared';
import { biasOfSignalType } from './signal-type.ts';
import type { SymbolSignal } from './symbol-signal.ts';

/** Aligned timeframes that make a confluence, and a strong one. */
export const ALIGNED_TIMEFRAMES = { confluence: 2, strong: 3 } as const;
/** Average score from which a confluence may be strong. */
export const STRONG_AVERAGE = 70;

/** The newest signal of each style; a style without one is missing. */
export type StyleSignals = Readonly<Partial<Record<TradingStyle, SymbolSignal>>>;

export interface TimeframeConfluenceOptions {
  readonly symbol: string;
  /** What the combined score of every aligned timeframe has to reach, 0–100. */
  readonly minScore: number;
}

/**
 * Whether the timeframes of a symbol agree. BUY and REVERSION_BULLISH count as bullish, SELL and REVERSION_BEARISH as bearish,
 * NEUTRAL as neither. The dominant bias is the side with more timeframes (as many on both: neutral), aligned are the timeframes
 * on it, and `average_score` is their mean combined score.
 *
 * Confluence: at least 2 aligned, each with `minScore` or more. STRONG: confluence of at least 3 with an average of at least
 * 70; MODERATE: confluence; else WEAK. The other side's scores count for nothing, so that a stronger objection never helps.
 * Without signals: no confluence, WEAK, neutral, average `null`.
 */
export function computeTimeframeConfluence(
  signals: StyleSignals,
  { symbol, minScore }: TimeframeConfluenceOptions,
): TimeframeConfluence {
  const details = detailsOf(signals);
  const analyzed = Object.values(details).filter((detail) => detail !== null);
  const scoresOf = (side: MarketBias) =>
    analyzed.filter(({ bias }) => bias === side).map(({ combined_score }) => combined_score);
  const [bullish, bearish] = [scoresOf('bullish'), scoresOf('bearish')];
  const bias = dominantBias(bullish.length, bearish.length);
  const aligned = bias === 'neutral' ? [] : scoresOf(bias);
  const averageScore = meanOf(aligned);
  const isConfluent =
    aligned.length >= ALIGNED_TIMEFRAMES.confluence && aligned.every((score) => score >= minScore);
  const isStrong =
    isConfluent && aligned.length >= ALIGNED_TIMEFRAMES.strong && (averageScore ?? 0) >= STRONG_AVERAGE;
  return {
    symbol,
    confluence: isConfluent,
    timeframes_analyzed: analyzed.length,
    average_score: averageScore,
    bullish_timeframes: bullish.length,
    bearish_timeframes: bearish.length,
    dominant_bias: bias,
    recommendation: isStrong ? 'STRONG' : isConfluent ? 'MODERATE' : 'WEAK',
    timeframe_details: details,
  };
}

type Details = TimeframeConfluence['timeframe_details'];

function detailsOf(signals: StyleSignals): Details {
  const details: Details = { scalp: null, day_trade: null, swing: null, position: null };
  for (const style of TRADING_STYLES) {
    const signal = signals[style];
    if (signal) details[style] = toDetail(signal);
  }
  return details;
}

function toDetail(signal: SymbolSignal): TimeframeDetail {
  const { timeframe, signal_type, combined_score, momentum, reversion, price, candleCloseTime } = signal;
  return {
    timeframe,
    signal_type,
    bias: biasOfSignalType(signal_type),
    combined_score,
    momentum_score: momentum.momentum_score,
    reversion_score: reversion.reversion_score,
    price,
    candleCloseTime,
  };
}

function dominantBias(bullish: number, bearish: number): MarketBias {
  if (bullish === bearish) return 'neutral';
  return bullish > bearish ? 'bullish' : 'bearish';
}

/** Held inside the scores: the mean of equal scores must not pass them by rounding. `null` of none. */
function meanOf(scores: readonly number[]): number | null {
  if (scores.length === 0) return null;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.min(Math.max(...scores), mean);
}
