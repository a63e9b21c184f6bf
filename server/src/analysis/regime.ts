import type { CandleSeries, MarketRegime } from '@fast-scanner/shared';
import { EFFICIENCY_LOOKBACK, efficiencyRatioAt } from './efficiency-ratio.ts';
import { formatNumber, formatSigned } from './format-number.ts';
import { lastValue } from './indicators/indicator.ts';
import { computeLogIndicators, type LogIndicators } from './log-indicators.ts';
import { newestPercentileRank } from './percentile-rank.ts';
import { candleCloseTime, requireCandles } from './quick-analysis.ts';
import { ramp } from './ramp.ts';
import { emaGapAt, type Regime, walkRegimes } from './regime-walk.ts';

/** Percentiles of ATR % above which volatility is high, and medium; the same cut-offs as for the whole universe. */
export const VOLATILITY_CUTOFFS = { high: 80, medium: 40 } as const;
/** ATR readings the percentile needs. */
export const VOLATILITY_MIN_READINGS = 100;

/**
 * Efficiency ratios over {@link EFFICIENCY_LOOKBACK} candles at the tails of a random walk, whose ratio is about
 * `|Z| · √(π/2) / √20` with Z standard normal: one in five of its candles is above 0.36 (|Z| = 1.28), one in five
 * below 0.07 (|Z| = 0.25). What lies between cannot be told from chance.
 */
export const PERSISTENCE_CUTOFFS = { trending: 0.36, meanReverting: 0.07 } as const;

/** Shares of the confidence; a share whose evidence is missing counts as 0. */
export const REGIME_CONFIDENCE_WEIGHTS = { adx: 0.4, gap: 0.3, efficiency: 0.3 } as const;

interface Evidence {
  readonly adx: number | null;
  /** EMA 20 − EMA 50, in ATRs. */
  readonly gapAtrs: number | null;
  readonly efficiencyRatio: number | null;
}

/**
 * The market regime of the newest candle on three axes, from log prices:
 * direction (see {@link walkRegimes}), volatility (ATR % as a percentile of all readings of this series; `medium` with a
 * `null` percentile below {@link VOLATILITY_MIN_READINGS}), persistence (efficiency ratio).
 *
 * Confidence of a trend: 0.4 · ADX from 20 (0) to 40 (1) + 0.3 · gap of the EMAs from 0 to 2 ATR + 0.3 · efficiency ratio.
 * Confidence of ranging: 0.4 · ADX from 25 (0) down to 10 (1) + 0.3 · gap from 2 ATR (0) down to 0 (1) + 0.3 · (1 − ratio).
 * `adx` is the one that decided, of log prices; it differs from the displayed one by tenths. `since` is the close of the
 * first candle of the present run, `null` when that run reaches back to the first candle that has a regime at all.
 * @throws ScannerError `insufficient_data` below the minimum of the quick signal
 */
export function computeMarketRegime(
  series: CandleSeries,
  indicators: LogIndicators = computeLogIndicators(series),
): MarketRegime {
  requireCandles(series);
  const regimes = walkRegimes(indicators);
  const regime = regimes.at(-1) ?? 'ranging';
  const evidence = readEvidence(indicators, series.length - 1);
  const percentile = newestPercentileRank(indicators.atr, VOLATILITY_MIN_READINGS);
  const axes = { volatility: toVolatility(percentile), persistence: toPersistence(evidence.efficiencyRatio) };
  const start = runStart(regimes);
  return {
    regime,
    confidence: regimeConfidence(regime, evidence),
    ...axes,
    volatilityPercentile: percentile,
    efficiencyRatio: evidence.efficiencyRatio,
    adx: evidence.adx,
    since: start === null ? null : candleCloseTime(series, start),
    rationale: [
      `${regime}: ADX ${formatNumber(evidence.adx)}, EMA 20 ${formatSigned(evidence.gapAtrs)} ATR from EMA 50`,
      percentile === null
        ? 'volatility unknown, too little history'
        : `${axes.volatility} volatility at percentile ${formatNumber(percentile, 0)}`,
      `efficiency ratio ${formatNumber(evidence.efficiencyRatio, 2)}`,
    ].join('; '),
  };
}

/** Confidence in a regime, 0–1, by the formula of {@link computeMarketRegime}. */
export function regimeConfidence(regime: Regime, { adx, gapAtrs, efficiencyRatio }: Evidence): number {
  const weights = REGIME_CONFIDENCE_WEIGHTS;
  const trend = regime !== 'ranging';
  const gap = gapAtrs === null ? null : Math.abs(gapAtrs);
  const adxShare = adx === null ? 0 : trend ? ramp(adx, 20, 40) : ramp(adx, 25, 10);
  const gapShare = gap === null ? 0 : trend ? ramp(gap, 0, 2) : ramp(gap, 2, 0);
  const pathShare = efficiencyRatio === null ? 0 : trend ? efficiencyRatio : 1 - efficiencyRatio;
  return weights.adx * adxShare + weights.gap * gapShare + weights.efficiency * pathShare;
}

function readEvidence(indicators: LogIndicators, index: number): Evidence {
  return {
    adx: lastValue(indicators.adx),
    gapAtrs: emaGapAt(indicators, index),
    efficiencyRatio: efficiencyRatioAt(indicators.candles.close, index),
  };
}

/** Position of the first candle of the newest run; `null` when it may have begun before the data. */
function runStart(regimes: readonly (Regime | null)[]): number | null {
  const newest = regimes.at(-1);
  let start = regimes.length - 1;
  while (start > 0 && regimes[start - 1] === newest) start -= 1;
  return start > 0 && regimes[start - 1] !== null ? start : null;
}

function toVolatility(percentile: number | null): MarketRegime['volatility'] {
  if (percentile === null) return 'medium';
  if (percentile > VOLATILITY_CUTOFFS.high) return 'high';
  return percentile > VOLATILITY_CUTOFFS.medium ? 'medium' : 'low';
}

function toPersistence(efficiencyRatio: number | null): MarketRegime['persistence'] {
  if (efficiencyRatio === null) return 'random';
  if (efficiencyRatio >= PERSISTENCE_CUTOFFS.trending) return 'trending';
  return efficiencyRatio <= PERSISTENCE_CUTOFFS.meanReverting ? 'mean_reverting' : 'random';
}
