import type { CandleColumns } from '@fast-scanner/shared';
import type { IndicatorColumn } from './indicator.ts';

const DAY_MS = 86_400_000;

/** The end of the session that a time is in: the next midnight UTC. */
export function sessionEnd(openTime: number): number {
  return (Math.floor(openTime / DAY_MS) + 1) * DAY_MS;
}

/** (high + low + close) / 3. */
export function typicalPrice(high: number, low: number, close: number): number {
  return (high + low + close) / 3;
}

/**
 * Volume-weighted average price, in units of price: Σ typical price · volume / Σ volume since the session began.
 *
 * A session is a UTC day; the first one begins with the first candle, wherever in the day that is. No warm-up, but NaN until
 * the session has its first volume. A NaN price or volume stays until the session ends.
 * @see Berkowitz, Logue, Noser, The Total Cost of Transactions on the NYSE, Journal of Finance 1988
 */
export function computeVwap({ openTime, high, low, close, volume }: CandleColumns): IndicatorColumn {
  const out = new Float64Array(close.length);
  let end = Number.NEGATIVE_INFINITY;
  let turnover = 0;
  let traded = 0;
  for (let i = 0; i < close.length; i += 1) {
    const time = openTime[i] ?? Number.NaN;
    if (time >= end) {
      end = sessionEnd(time);
      turnover = 0;
      traded = 0;
    }
    const amount = volume[i] ?? Number.NaN;
    turnover += amount * typicalPrice(high[i] ?? Number.NaN, low[i] ?? Number.NaN, close[i] ?? Number.NaN);
    traded += amount;
    out[i] = turnover / traded;
  }
  return out;
}
