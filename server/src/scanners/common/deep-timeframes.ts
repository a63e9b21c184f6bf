import type { Timeframe } from '@fast-scanner/shared';

/** Which timeframes the deep analysis reads beside the scan's own: one below where it helps the entry, the rest above. */
const DEEP_TIMEFRAMES: Readonly<Record<Timeframe, readonly Timeframe[]>> = {
  '1m': ['1m', '5m', '15m', '1h'],
  '3m': ['3m', '15m', '1h', '4h'],
  '5m': ['5m', '15m', '1h', '4h'],
  '15m': ['15m', '1h', '4h', '1d'],
  '30m': ['30m', '1h', '4h', '1d'],
  '1h': ['15m', '1h', '4h', '1d'],
  '2h': ['30m', '2h', '4h', '1d'],
  '4h': ['1h', '4h', '1d', '1w'],
  '6h': ['1h', '6h', '1d', '1w'],
  '8h': ['1h', '8h', '1d', '1w'],
  '12h': ['4h', '12h', '1d', '1w'],
  '1d': ['4h', '1d', '1w'],
  '1w': ['1d', '1w'],
};

/** The timeframes a deep analysis of a scan on `timeframe` reads, shortest first, the scan's own among them. */
export function deepTimeframes(timeframe: Timeframe): readonly Timeframe[] {
  return DEEP_TIMEFRAMES[timeframe];
}
