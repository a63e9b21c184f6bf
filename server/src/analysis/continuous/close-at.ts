import { type CandleSeries, timeframeMs } from '@fast-scanner/shared';

/**
 * The close that was the newest one at a moment (epoch ms UTC): of the last candle with `openTime + length ≤ timeMs`. `null`
 * when the series begins later, and when that candle is older than one more candle's length: then the one asked for is missing.
 */
export function closeAt({ openTime, close, timeframe }: CandleSeries, timeMs: number): number | null {
  const length = timeframeMs(timeframe);
  const index = openTime.findLastIndex((time) => time + length <= timeMs);
  const isNewest = (openTime[index] ?? Number.NaN) + 2 * length > timeMs;
  return isNewest ? (close[index] ?? null) : null;
}
