import type { CandleColumns } from '@fast-scanner/shared';
import { findSwings } from './swings.ts';

/** Every constant of the stop and target plan, in ATRs (14, Wilder) unless the name says otherwise. */
export const RISK_RULES = {
  /** Smallest accepted reward for one unit of risk, unless the caller gives another. */
  minRiskReward: 1.5,
  /** Stop distances outside these bounds (percent of the entry) give no plan: noise, or too much at stake. */
  minStopPct: 0.5,
  maxStopPct: 8,
  /** Stop without structure: two ATRs, in the middle of the usual 1.5 to 3 of volatility stops. */
  stopAtrs: 2,
  /** A stop behind a swing is used when it lies within these distances … */
  structureStopMinAtrs: 1,
  structureStopMaxAtrs: 3,
  /** … and this far behind the swing, so that a mere touch does not hit it. */
  structureBufferAtrs: 0.25,
  /** Swings nearer than this do not stand in the way: one ordinary candle passes them. */
  targetMinAtrs: 1,
  /** Farther targets are out of reach. */
  targetReachAtrs: 8,
  /** Levels nearer to each other than this are one. */
  targetSpacingAtrs: 0.5,
  maxTargets: 3,
  /** Targets where no swing lies ahead, as multiples of the risk; a larger minimum risk/reward scales them up. */
  openTargetMultiples: [2, 3, 4],
} as const;

export type PlanDirection = 'long' | 'short';

export interface Level {
  readonly price: number;
  readonly reason: string;
}

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

/** Distance of the stop: behind the nearest swing that leaves room but not too much, else plain ATRs. */
export function stopDistance(
  behind: readonly number[],
  atr: number,
): { readonly distance: number; readonly swing: number | null } {
  const buffer = RISK_RULES.structureBufferAtrs * atr;
  const swing = behind.find((distance) => {
    const atrs = (distance + buffer) / atr;
    return atrs >= RISK_RULES.structureStopMinAtrs && atrs <= RISK_RULES.structureStopMaxAtrs;
  });
  return swing === undefined
    ? { distance: RISK_RULES.stopAtrs * atr, swing: null }
    : { distance: swing + buffer, swing };
}

/** Distances of the swings that serve as targets: within reach, apart from each other, nearest first; empty in open air. */
export function swingTargets(ahead: readonly number[], atr: number): number[] {
  const targets: number[] = [];
  for (const distance of ahead) {
    const atrs = distance / atr;
    const apart = (distance - (targets.at(-1) ?? Number.NEGATIVE_INFINITY)) / atr;
    if (atrs < RISK_RULES.targetMinAtrs || atrs > RISK_RULES.targetReachAtrs) continue;
    if (apart >= RISK_RULES.targetSpacingAtrs) targets.push(distance);
  }
  return targets.slice(0, RISK_RULES.maxTargets);
}

/** Distances of the targets in open air: multiples of the risk, the first capped at the reach, the others only within it. */
export function openTargets(risk: number, atr: number, minRiskReward: number): number[] {
  const reach = RISK_RULES.targetReachAtrs * atr;
  const scale = Math.max(1, minRiskReward / RISK_RULES.openTargetMultiples[0]);
  const [first = reach, ...rest] = RISK_RULES.openTargetMultiples.map((multiple) => multiple * scale * risk);
  return [Math.min(first, reach), ...rest.filter((distance) => distance <= reach)];
}

function sortedPositive(distances: readonly number[]): number[] {
  return distances.filter((distance) => distance > 0).sort((left, right) => left - right);
}
