import type { CandleSeries, MarketRegime } from '@fast-scanner/shared';
import { candleCloseTime } from './candle-close-time.ts';
import { requireCandles } from './candle-requirements.ts';
import { efficiencyRatioAt } from './efficiency-ratio.ts';
import { formatNumber, formatSigned } from './format-number.ts';
import { lastValue } from './indicators/indicator.ts';
import { computeLogIndicators, type LogIndicators } from './log-indicators.ts';
import { newestPercentileRank } from './percentile-rank.ts';
import { toPersistenceLevel } from './persistence-level.ts';
import { type RegimeEvidence, regimeConfidence } from './regime-confidence.ts';
import { emaGapAt, type Regime, walkRegimes } from './regime-walk.ts';
import { toVolatilityLevel, VOLATILITY_MIN_READINGS } from './volatility-level.ts';

/**
 * The market regime of the newest candle on three axes, from log prices: direction ({@link walkRegimes}), volatility (ATR
 * % as a percentile of all readings of this series; `null` and `medium` below 100 of them), persistence (efficiency ratio).
 *
 * `adx` is the one that decided, of log prices; it differs from the displayed one by tenths. `since` is the close of the
 * first candle of the present run, `null` when that run reaches back to the first candle that has a regime at all.
 * `indicators` may be the ones already computed of the same series.
 * @throws ScannerError `insufficient_data` below 60 candles
 */
export function computeMarketRegime(
  series: CandleSeries,
  indicators: LogIndicators = computeLogIndicators(series),
): MarketRegime {
  requireCandles(series);
  const regimes = walkRegimes(indicators);
  const regime = regimes.at(-1) ?? 'ranging';
  const evidence = readEvidence(indicators);
  const volatilityPercentile = newestPercentileRank(indicators.atr, VOLATILITY_MIN_READINGS);
  const start = runStart(regimes);
  return {
    regime,
    confidence: regimeConfidence(regime, evidence),
    volatility: toVolatilityLevel(volatilityPercentile),
    volatilityPercentile,
    persistence: toPersistenceLevel(evidence.efficiencyRatio),
    efficiencyRatio: evidence.efficiencyRatio,
    adx: evidence.adx,
    since: start === null ? null : candleCloseTime(series, start),
    rationale: explain(regime, evidence, volatilityPercentile),
  };
}

function readEvidence(indicators: LogIndicators): RegimeEvidence {
  const { close } = indicators.candles;
  return {
    adx: lastValue(indicators.adx),
    gapAtrs: emaGapAt(indicators, close.length - 1),
    efficiencyRatio: efficiencyRatioAt(close, close.length - 1),
  };
}

/** Position of the first candle of the newest run; `null` when it may have begun before the data. */
function runStart(regimes: readonly (Regime | null)[]): number | null {
  const newest = regimes.at(-1);
  let start = regimes.length - 1;
  while (start > 0 && regimes[start - 1] === newest) start -= 1;
  return start > 0 && regimes[start - 1] !== null ? start : null;
}

function explain(regime: Regime, evidence: RegimeEvidence, volatilityPercentile: number | null): string {
  const { adx, gapAtrs, efficiencyRatio } = evidence;
  const volatility =
    volatilityPercentile === null
      ? 'volatility unknown, too little history'
      : `ATR % at percentile ${formatNumber(volatilityPercentile, 0)} of its history`;
  const direction = `ADX ${formatNumber(adx)}, EMA 20 ${formatSigned(gapAtrs)} ATR from EMA 50`;
  return `${regime}: ${direction}; ${volatility}; efficiency ratio ${formatNumber(efficiencyRatio, 2)}`;
}
