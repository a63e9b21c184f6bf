import type { CandleColumns } from '@fast-scanner/shared';
import { findSwings } from './swings.ts';

export type PlanDirection = 'long' | 'short';

/** Levels ahead of an entry (where profit is taken) and behind it (where the plan is wrong), each nearest first, as distances. */
export interface StructureDistances {
  readonly ahead: readonly number[];
  readonly behind: readonly number[];
}

/** Distances from the entry to the confirmed swings on both sides, nearest first, in price units. */
export function structureDistances(
  candles: CandleColumns,
  entry: number,
  direction: PlanDirection,
): StructureDistances {
  const { highs, lows } = findSwings(candles);
  const above = sortedPositive(highs.map((high) => high - entry));
  const below = sortedPositive(lows.map((low) => entry - low));
  return direction === 'long' ? { ahead: above, behind: below } : { ahead: below, behind: above };
}

function sortedPositive(distances: readonly number[]): number[] {
  return distances.filter((distance) => distance > 0).sort((left, right) => left - right);
}
