import type {
  CandleSeries,
  Confluence,
  DeepAnalysis,
  MarketRegime,
  TimeframeVote,
} from '@fast-scanner/shared';
import { type CandleVote, computeCandleVote } from './candle-vote.ts';
import { computeConfluence } from './confluence.ts';
import { computeAtr } from './indicators/atr.ts';
import { lastValue } from './indicators/indicator.ts';
import { computeLogIndicators, type LogIndicators } from './log-indicators.ts';
import { computeOpportunity } from './opportunity.ts';
import type { OpportunityEvidence } from './opportunity-factors.ts';
import { findPatterns } from './patterns.ts';
import { type PredictionSource, predictWith } from './prediction/predict-with.ts';
import { QUICK_FACTORS, type QuickFactor } from './quick-factors.ts';
import type { FactorVote } from './quick-signal.ts';
import { computeMarketRegime } from './regime.ts';
import { computeRiskPlan } from './risk-plan.ts';
import { readStructure } from './structure.ts';
import { computeTimeframeVote, type TimeframeInput, toTimeframeVote } from './timeframe-vote.ts';
import { volumePressure } from './volume-pressure.ts';

export type { TimeframeInput };

export interface DeepAnalysisInput {
  /** Closed candles of the timeframe the scan is about. */
  readonly primary: CandleSeries;
  /** Every timeframe that was asked, the primary one among them. */
  readonly timeframes: readonly TimeframeInput[];
  /** Smallest price step of the market, `null` when unknown. */
  readonly tickSize: number | null;
  /** Smallest accepted risk/reward of a plan. Default 1.5. */
  readonly minRiskReward?: number;
  /** What to predict with. Default: nothing. */
  readonly prediction?: PredictionSource;
  /** What another timeframe says. Default {@link computeTimeframeVote}; who keeps votes of unchanged candles answers the same. */
  readonly voteOf?: (entry: TimeframeInput) => TimeframeVote;
}

const NO_MODEL: PredictionSource = { model: null, reason: 'no model was given' };

/** A deep analysis but for the moment it was made and where its candles came from, which only the caller knows. */
export type DeepAnalysisResult = Omit<DeepAnalysis, 'timestamp' | 'provenance'>;

/**
 * Everything phase 2 says of one symbol: regime, plan, confluence, patterns and the opportunity score, all from closed
 * candles. The side is that of the quick signal on the primary timeframe. Pure, deterministic and safe to send between
 * threads; the result holds finite numbers and `null` only.
 * @throws ScannerError `insufficient_data` when the primary series is too short; another timeframe that is too short is named as missing
 */
export function computeDeepAnalysis(input: DeepAnalysisInput): DeepAnalysisResult {
  const { primary, timeframes, prediction = NO_MODEL, voteOf = computeTimeframeVote, ...planOptions } = input;
  const indicators = computeLogIndicators(primary);
  const quick = computeCandleVote(primary, indicators);
  const regime = computeMarketRegime(primary, indicators);
  const confluence = computeConfluence(
    timeframes.map((entry) =>
      entry.series === primary ? toTimeframeVote(entry.timeframe, quick) : voteOf(entry),
    ),
  );
  const opportunity = computeOpportunity(gatherEvidence({ quick, indicators, regime, confluence }));
  const { plan, problem, reason } = computeRiskPlan({
    ...planOptions,
    candles: primary,
    direction: opportunity.direction,
    atr: lastValue(computeAtr(primary)),
  });
  return {
    ...opportunity,
    market_regime: regime,
    sl_tp: plan,
    sl_tp_reason: reason,
    sl_tp_problem: problem,
    confluence,
    ...predictWith(prediction, primary, indicators),
    patterns: findPatterns(primary),
    candleCloseTime: quick.candleCloseTime,
  };
}

interface Findings {
  readonly quick: CandleVote;
  readonly indicators: LogIndicators;
  readonly regime: MarketRegime;
  readonly confluence: Confluence;
}

/** What the opportunity score reads; `null` when the signal is HOLD. */
function gatherEvidence({ quick, indicators, regime, confluence }: Findings): OpportunityEvidence | null {
  if (quick.signal === 'HOLD') return null;
  const side = quick.signal === 'BUY' ? 1 : -1;
  return {
    side,
    trend: groupMean(quick.factors, ['trend']),
    momentum: groupMean(quick.factors, ['momentum', 'position']),
    regime,
    volumePressure: volumePressure(indicators.candles),
    volatilityPercentile: regime.volatilityPercentile,
    ...readStructure(indicators, side),
    confluence,
  };
}

/** Weighted mean of some groups of the quick signal's factors, −1 to 1. */
function groupMean(factors: readonly FactorVote[], groups: readonly QuickFactor['group'][]): number {
  const names = new Set(QUICK_FACTORS.filter(({ group }) => groups.includes(group)).map(({ name }) => name));
  const chosen = factors.filter(({ name }) => names.has(name));
  const weight = chosen.reduce((sum, factor) => sum + factor.weight, 0);
  return chosen.reduce((sum, { contribution }) => sum + contribution, 0) / weight;
}
