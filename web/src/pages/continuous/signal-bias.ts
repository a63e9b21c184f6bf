import type { ContinuousSignalType, MarketBias } from '@fast-scanner/client';

/** The side that a type of signal takes. */
export function biasOf(type: ContinuousSignalType): MarketBias {
  if (/BUY|BULLISH/.test(type)) return 'bullish';
  return type === 'NEUTRAL' ? 'neutral' : 'bearish';
}
