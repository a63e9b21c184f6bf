import { type CandleSeries, ScannerError, type Timeframe, type TimeframeVote } from '@fast-scanner/shared';
import { type CandleVote, computeCandleVote } from './candle-vote.ts';

/** One asked timeframe: its closed candles, or why there are none. */
export interface TimeframeInput {
  readonly timeframe: Timeframe;
  readonly series: CandleSeries | null;
  /** Why `series` is `null`. */
  readonly detail: string | null;
}

/** The quick signal of one timeframe as a vote; without enough candles a vote without a signal that says why. */
export function computeTimeframeVote({ timeframe, series, detail }: TimeframeInput): TimeframeVote {
  if (series === null) return missingVote(timeframe, detail ?? 'no candles');
  try {
    return toTimeframeVote(timeframe, computeCandleVote(series));
  } catch (error) {
    if (error instanceof ScannerError) return missingVote(timeframe, error.message);
    throw error;
  }
}

/** The vote of a timeframe's newest candle. */
export function toTimeframeVote(timeframe: Timeframe, vote: CandleVote): TimeframeVote {
  const { signal, score, candleCloseTime, warmupOk } = vote;
  return { timeframe, signal, score, candleCloseTime, warmupOk, detail: null };
}

function missingVote(timeframe: Timeframe, detail: string): TimeframeVote {
  return { timeframe, signal: null, score: null, candleCloseTime: null, warmupOk: false, detail };
}
