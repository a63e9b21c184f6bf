import type { CandleColumns } from '@fast-scanner/shared';
import type { IndicatorColumn } from '../indicators/indicator.ts';

export interface TripleBarrierOptions {
  /** Distance of both barriers from the close, as a multiple of `unit`. */
  readonly distance: number;
  /** Candles after which an undecided label is decided by the close. */
  readonly horizonCandles: number;
}

/** One value per candle; NaN where there is no label: no unit, or not decided by the end of the data. */
export interface TripleBarrierLabels {
  /** 1 when the upper barrier was reached first, or the close at the time limit is above the one the label began at; else 0. */
  readonly label: Float64Array;
  /** Position of the candle that decided. */
  readonly endIndex: Float64Array;
}

/**
 * What became of each candle's close: both barriers at the same distance, in log prices; the candles after it are walked until one
 * reaches a barrier. A candle that reaches both counts as the lower one, the stop, because its path is not known. Never reads a
 * candle after the one that decides.
 * @see M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 3
 */
export function labelTripleBarrier(
  logCandles: CandleColumns,
  unit: IndicatorColumn,
  options: TripleBarrierOptions,
): TripleBarrierLabels {
  const { length } = logCandles.close;
  const label = new Float64Array(length).fill(Number.NaN);
  const endIndex = new Float64Array(length).fill(Number.NaN);
  for (let start = 0; start < length; start += 1) {
    const distance = options.distance * (unit[start] ?? Number.NaN);
    if (!(distance > 0)) continue;
    const end = findEnd(logCandles, { start, distance, horizon: options.horizonCandles });
    if (end >= length) continue;
    endIndex[start] = end;
    label[start] = isUp(logCandles, { start, distance, end }) ? 1 : 0;
  }
  return { label, endIndex };
}

interface Barriers {
  readonly start: number;
  /** Of either barrier, in log prices. */
  readonly distance: number;
}

/** The candle that reaches a barrier or the time limit; the length of the data when none does. */
function findEnd(candles: CandleColumns, barriers: Barriers & { readonly horizon: number }): number {
  const { high, low, close } = candles;
  const { start, distance, horizon } = barriers;
  const limit = start + horizon;
  const lastKnown = Math.min(limit, close.length);
  const upper = (close[start] ?? Number.NaN) + distance;
  const lower = (close[start] ?? Number.NaN) - distance;
  for (let i = start + 1; i < lastKnown; i += 1) {
    if ((high[i] ?? Number.NaN) >= upper || (low[i] ?? Number.NaN) <= lower) return i;
  }
  return lastKnown;
}

function isUp({ high, low, close }: CandleColumns, barriers: Barriers & { readonly end: number }): boolean {
  const { start, distance, end } = barriers;
  const entry = close[start] ?? Number.NaN;
  if ((low[end] ?? Number.NaN) <= entry - distance) return false;
  return (high[end] ?? Number.NaN) >= entry + distance || (close[end] ?? Number.NaN) > entry;
}
