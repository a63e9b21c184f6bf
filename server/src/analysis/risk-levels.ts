import { RISK_RULES } from './risk-rules.ts';

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
