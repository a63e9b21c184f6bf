import type { CandleColumns } from '@fast-scanner/shared';
import { FLAT_LOG_RANGE } from './log-candles.ts';

/**
 * How much of a candle's range its body covers, signed by its direction: −1 to 1. `null` for a candle without range.
 * Takes log prices; see {@link toLogCandles}.
 */
export function bodyShareAt({ open, high, low, close }: CandleColumns, index: number): number | null {
  const range = (high[index] ?? Number.NaN) - (low[index] ?? Number.NaN);
  return range > FLAT_LOG_RANGE ? ((close[index] ?? Number.NaN) - (open[index] ?? Number.NaN)) / range : null;
}
