import type { CandleColumns } from '@fast-scanner/shared';
import type { IndicatorColumn } from './indicator.ts';

/** 1 for a close above the one before, −1 below, 0 equal (or NaN). Free of branches, see `positivePart`. */
export function closeDirection(close: number, previousClose: number): number {
  return Number(close > previousClose) - Number(close < previousClose);
}

/**
 * On-balance volume, in units of volume: the running sum of volumes, each with the sign of its candle's change of close.
 *
 * Starts at 0 on the first candle, so only its changes mean something. No warm-up. A NaN volume stays for good; a NaN close
 * counts as unchanged.
 * @see Joseph Granville, Granville's New Key to Stock Market Profits, 1963
 */
export function computeObv({ close, volume }: CandleColumns): IndicatorColumn {
  const out = new Float64Array(close.length);
  let balance = 0;
  for (let i = 1; i < close.length; i += 1) {
    balance += closeDirection(close[i] ?? Number.NaN, close[i - 1] ?? Number.NaN) * (volume[i] ?? Number.NaN);
    out[i] = balance;
  }
  return out;
}
