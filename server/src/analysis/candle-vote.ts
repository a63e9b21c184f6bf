import type { CandleSeries } from '@fast-scanner/shared';
import { candleCloseTime } from './candle-close-time.ts';
import { requireCandles, WARMUP_CANDLES } from './candle-requirements.ts';
import { computeLogIndicators, type LogIndicators } from './log-indicators.ts';
import { readQuick } from './quick-readings.ts';
import { type QuickVote, voteOnReadings } from './quick-signal.ts';

/** The vote of the newest candle. */
export interface CandleVote extends QuickVote {
  readonly candleCloseTime: string;
  /** False below {@link WARMUP_CANDLES} candles. */
  readonly warmupOk: boolean;
}

/**
 * What `computeQuickAnalysis` says of the newest candle, without what it shows beside: the same numbers for half the time.
 * @throws ScannerError `insufficient_data` below 60 candles
 */
export function computeCandleVote(
  series: CandleSeries,
  indicators: LogIndicators = computeLogIndicators(series),
): CandleVote {
  requireCandles(series);
  return {
    ...voteOnReadings(readQuick(indicators, series.length - 1)),
    candleCloseTime: candleCloseTime(series),
    warmupOk: series.length >= WARMUP_CANDLES,
  };
}
