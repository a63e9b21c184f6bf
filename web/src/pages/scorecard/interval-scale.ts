import type { ScorecardGroup } from '@fast-scanner/client';

/** Shares 0–1 at both ends of a bar. */
export interface IntervalScale {
  readonly low: number;
  readonly high: number;
}

type Hits = Pick<ScorecardGroup, 'hit_rate' | 'hit_interval' | 'hit_interval_independent'>;

const STEP = 0.05;
const ROOM = 0.02;

/** A scale on which the intervals of all groups and 50 % are seen, in steps of 5 %. */
export function intervalScale(groups: readonly Hits[]): IntervalScale {
  const ends = groups.flatMap(({ hit_rate, hit_interval: all, hit_interval_independent: apart }) => [
    hit_rate,
    all?.low,
    all?.high,
    apart?.low,
    apart?.high,
  ]);
  const shares = [0.5, ...ends.filter((end) => typeof end === 'number')];
  const low = Math.floor((Math.min(...shares) - ROOM) / STEP) * STEP;
  const high = Math.ceil((Math.max(...shares) + ROOM) / STEP) * STEP;
  return { low: Math.max(0, low), high: Math.min(1, high) };
}

/** Where a share stands on the scale, percent of the bar. */
export function placeOn({ low, high }: IntervalScale, share: number): number {
  return Math.min(100, Math.max(0, ((share - low) / (high - low)) * 100));
}
