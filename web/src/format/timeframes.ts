import type { Timeframe } from '@fast-scanner/client';

/** Candle lengths that can be scanned, shortest first. */
export const TIMEFRAMES = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '1w',
] as const satisfies readonly Timeframe[];
