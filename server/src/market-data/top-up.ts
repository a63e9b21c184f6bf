import { type CandleColumns, lastClosedOpenTime, sliceColumns, timeframeMs } from '@fast-scanner/shared';
import { isSameCandle, rowAt } from './candle-row.ts';
import { type HeldCandles, newestOpenTime } from './held-candles.ts';
import type { CandleRequest } from './market-data-source.ts';
import { joinColumns } from './shared-columns.ts';

/** A top-up asks for what is missing, the candle both sides know, the open one, and one that may open meanwhile. */
const TOP_UP_EXTRA = 3;

interface TopUpGoal {
  /** How many closed candles to hold. */
  readonly target: number;
  readonly nowMs: number;
}

/** The request for what has closed since; `null` when the clock went back or fetching everything costs no more. */
export function planTopUp(held: HeldCandles, { target, nowMs }: TopUpGoal): CandleRequest | null {
  const { symbol, timeframe } = held.series;
  const since = newestOpenTime(held);
  const missing = (lastClosedOpenTime(nowMs, timeframe) - since) / timeframeMs(timeframe);
  const limit = missing + TOP_UP_EXTRA;
  const isUseful = target <= held.target && missing >= 0 && limit <= target;
  return isUseful ? { symbol, timeframe, since, limit } : null;
}

/** Held candles followed by fetched rows, in new memory; `null` unless both say the same of the newest candle held. */
export function appendTopUp(held: HeldCandles, fetched: CandleColumns): CandleColumns | null {
  const kept = held.series.length - 1;
  const overlap = fetched.openTime.lastIndexOf(newestOpenTime(held));
  if (overlap < 0 || !isSameCandle(rowAt(held.series, kept), rowAt(fetched, overlap))) return null;
  return joinColumns(sliceColumns(held.series, 0, kept), fetched);
}
