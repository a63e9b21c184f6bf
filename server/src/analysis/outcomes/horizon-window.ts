import { type CandleColumns, parseSymbol, timeframeMs } from '@fast-scanner/shared';
import type { JudgedSignal } from './judged-signal.ts';

/** The candles that decide about a trade or a prediction, among others. */
export interface HorizonWindow {
  /** Position of the first candle of it. */
  readonly start: number;
  /** Position behind the last one. */
  readonly end: number;
  /** Whether nothing more of it can come: its last candle is there, or one after it. */
  readonly isOver: boolean;
  /** Candles of the window that are missing before a position of it. */
  missingBefore(index: number): number;
}

export interface Horizon extends Pick<JudgedSignal, 'symbol' | 'timeframe' | 'horizonCandles'> {
  /** No candle that opens before this is read, epoch ms UTC: the close of the signal's candle, or later. */
  readonly from: number;
}

/**
 * Which of the sorted candles lie within a horizon. What trades without a pause has a candle for each step of time, so that one
 * that is not there is missing; a stock has as many sessions as the horizon has candles, however long they take, and only at the end
 * can any be missing. Never reads a candle that opens before it.
 */
export function findHorizonWindow({ openTime }: CandleColumns, horizon: Horizon): HorizonWindow {
  const { symbol, timeframe, from, horizonCandles } = horizon;
  const start = firstAtOrAfter(openTime, from);
  if (parseSymbol(symbol)?.kind === 'stock') {
    const end = Math.min(start + horizonCandles, openTime.length);
    const missing = horizonCandles - (end - start);
    return {
      start,
      end,
      isOver: missing === 0,
      missingBefore: (index) => (index < end ? 0 : missing),
    };
  }
  const step = timeframeMs(timeframe);
  const over = from + horizonCandles * step;
  const end = firstAtOrAfter(openTime, over);
  const slotOf = (index: number) => ((openTime[index] ?? over) - from) / step;
  return {
    start,
    end,
    isOver: end < openTime.length || (end > start && slotOf(end - 1) === horizonCandles - 1),
    missingBefore: (index) => Math.round(index < end ? slotOf(index) : horizonCandles) - (index - start),
  };
}

/** Position of the first time at or after the given one; the length when there is none. */
function firstAtOrAfter(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
