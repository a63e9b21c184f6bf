import { type CandleSeries, timeframeMs } from '@fast-scanner/shared';
import { SIGNAL_CANDLES } from '../../analysis/continuous/symbol-signal.ts';

/** Candles of a series that are made up for after a pause; what closed before them is too old to be told. */
export const MOST_MADE_UP = 100;

/**
 * The closed candles nobody was told of, oldest first, as the end (exclusive) of the window each is the newest of: those that have closed
 * since `toldTo` (a close time, epoch ms), at most {@link MOST_MADE_UP}; of a series that nothing was ever told of (`null`) the newest
 * alone. Candles with too little before them are left out, except the newest.
 */
export function findUntold({ openTime, timeframe }: CandleSeries, toldTo: number | null): readonly number[] {
  const { length } = openTime;
  const isTold = (index: number) => (openTime[index] ?? 0) + timeframeMs(timeframe) <= (toldTo ?? 0);
  if (length === 0 || isTold(length - 1)) return [];
  const ends = [length];
  if (toldTo === null) return ends;
  for (let index = length - 2; index >= SIGNAL_CANDLES - 1 && !isTold(index); index -= 1) {
    if (ends.length === MOST_MADE_UP) break;
    ends.unshift(index + 1);
  }
  return ends;
}
