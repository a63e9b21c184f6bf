import { type CandleSeries, ScannerError } from '@fast-scanner/shared';

/** Closed candles below which nothing is said: EMA 50, the slowest scored indicator, and a few candles of its history. */
export const MIN_CANDLES = 60;
/** Closed candles from which the recursive indicators no longer depend on where the data begins. */
export const WARMUP_CANDLES = 250;

/** @throws ScannerError `insufficient_data` below {@link MIN_CANDLES} candles */
export function requireCandles({ symbol, timeframe, length }: CandleSeries): void {
  if (length >= MIN_CANDLES) return;
  throw new ScannerError(
    'insufficient_data',
    `${symbol} has ${length} closed ${timeframe} candles; at least ${MIN_CANDLES} are needed`,
  );
}
