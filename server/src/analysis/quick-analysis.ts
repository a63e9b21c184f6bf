import type { CandleSeries, QuickSignal } from '@fast-scanner/shared';
import { candleCloseTime } from './candle-close-time.ts';
import { requireCandles, WARMUP_CANDLES } from './candle-requirements.ts';
import { computeIndicatorSnapshot } from './indicator-snapshot.ts';
import { FLAT_LOG_RANGE } from './log-candles.ts';
import { computeLogIndicators, type LogIndicators } from './log-indicators.ts';
import { readQuick } from './quick-readings.ts';
import { scoreQuickSignal } from './quick-signal.ts';

/** Newest closes that are sent along for drawing. */
export const SPARKLINE_CANDLES = 50;

/** The part of a {@link QuickSignal} that follows from the candles alone. */
export type QuickAnalysis = Pick<
  QuickSignal,
  | 'signal'
  | 'score'
  | 'strength'
  | 'rsi'
  | 'macd'
  | 'indicators'
  | 'factors'
  | 'candleCloseTime'
  | 'sparkline'
  | 'warmupOk'
>;

/**
 * The quick signal of the newest candle of a series of closed candles. Pure and deterministic; every number is finite.
 * `macd` says whether the shown MACD line is above (bullish) or below (bearish) its signal line. `warmupOk` is false
 * below {@link WARMUP_CANDLES} candles. `indicators` may be the ones already computed of the same series.
 * @throws ScannerError `insufficient_data` below 60 candles
 */
export function computeQuickAnalysis(
  series: CandleSeries,
  indicators: LogIndicators = computeLogIndicators(series),
): QuickAnalysis {
  requireCandles(series);
  const shown = computeIndicatorSnapshot(series);
  const readings = readQuick(indicators, series.length - 1);
  return {
    ...scoreQuickSignal(readings, shown),
    rsi: shown.rsi,
    macd: toMacdSide(shown.macd.histogram, series.close.at(-1)),
    indicators: shown,
    candleCloseTime: candleCloseTime(series),
    sparkline: Array.from(series.close.subarray(-SPARKLINE_CANDLES)),
    warmupOk: series.length >= WARMUP_CANDLES,
  };
}

function toMacdSide(histogram: number | null, close = Number.NaN): QuickAnalysis['macd'] {
  if (histogram === null || Math.abs(histogram) <= FLAT_LOG_RANGE * close) return 'neutral';
  return histogram > 0 ? 'bullish' : 'bearish';
}
