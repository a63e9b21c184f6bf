import type { MarketBias } from '@fast-scanner/shared';
import { FLAT_LOG_RANGE } from '../log-candles.ts';

/** Up, down, or no move at all. */
export type Direction = 1 | -1 | 0;

/** The direction of a log return; 0 within {@link FLAT_LOG_RANGE}, which is rounding and no move. */
export function directionOf(logReturn: number): Direction {
  if (Math.abs(logReturn) <= FLAT_LOG_RANGE) return 0;
  return logReturn > 0 ? 1 : -1;
}

/** A direction as the wire names it. */
export function toBias(direction: Direction): MarketBias {
  if (direction === 0) return 'neutral';
  return direction === 1 ? 'bullish' : 'bearish';
}
