import type { CandleColumns, PlanProblem, RiskPlan } from '@fast-scanner/shared';
import { openTargets, stopDistance, swingTargets } from './risk-levels.ts';
import { RISK_RULES } from './risk-rules.ts';
import { type PlanDirection, structureDistances } from './structure-distances.ts';
import { roundToTick } from './tick.ts';

/** Rounding errors of a ratio below this do not make a plan miss its minimum. */
const RATIO_TOLERANCE = 1e-9;

export interface RiskPlanInput {
  /** Closed candles in ordinary prices; the entry is the newest close. */
  readonly candles: CandleColumns;
  /** `none` gives no plan. */
  readonly direction: PlanDirection | 'none';
  /** ATR 14 in price units; `null` when unknown. */
  readonly atr: number | null;
  /** Smallest price step of the market; `null` leaves prices unrounded. */
  readonly tickSize: number | null;
  /** Default {@link RISK_RULES}.minRiskReward. */
  readonly minRiskReward?: number | undefined;
}

/** A plan, or the reason why there is none. */
export type RiskPlanResult =
  | { readonly plan: RiskPlan; readonly problem: null; readonly reason: null }
  | { readonly plan: null; readonly problem: PlanProblem; readonly reason: string };

interface Frame {
  readonly side: 1 | -1;
  readonly direction: PlanDirection;
  readonly entry: number;
  readonly atr: number;
  readonly tickSize: number | null;
  readonly minRiskReward: number;
}

/**
 * Stop and targets from ATR and structure, by the constants of {@link RISK_RULES}; a short is the mirror of a long.
 *
 * Entry: the newest close. Stop: behind the nearest confirmed swing low whose distance (with its buffer) is 1 to 3 ATR, else 2
 * ATR. Targets: the confirmed swing highs 1 to 8 ATR ahead, the nearest three; with none ahead, multiples of the risk. The
 * first target is `takeProfit`. Prices are rounded to the tick, the stop away from the entry, a swing's target towards
 * it; `riskReward` is computed afterwards. Nothing is moved to make a plan fit: a stop closer than 0.5 % or farther than
 * 8 %, or a first target that pays less than the minimum, gives no plan and the reason.
 */
export function computeRiskPlan(input: RiskPlanInput): RiskPlanResult {
  const { candles, direction, atr, tickSize, minRiskReward = RISK_RULES.minRiskReward } = input;
  if (direction === 'none') return noPlan('no_side', 'the signal is HOLD: there is no side to plan for');
  if (atr === null || !(atr > 0)) {
    return noPlan('no_volatility', 'the market does not move: its ATR is zero or unknown');
  }
  const entry = roundToTick(candles.close.at(-1) ?? Number.NaN, tickSize, 'nearest');
  if (!(entry > 0)) return noPlan('no_volatility', 'the tick is coarser than the price');
  const side = direction === 'long' ? 1 : -1;
  return planFrom(candles, { side, direction, entry, atr, tickSize, minRiskReward });
}

function planFrom(candles: CandleColumns, frame: Frame): RiskPlanResult {
  const { side, entry, atr } = frame;
  const { ahead, behind } = structureDistances(candles, entry, frame.direction);
  const chosen = stopDistance(behind, atr);
  const stopLoss = roundToTick(entry - side * chosen.distance, frame.tickSize, side === 1 ? 'down' : 'up');
  const risk = side * (entry - stopLoss);
  const stopDistancePct = (100 * risk) / entry;
  const stopProblem = findStopProblem(stopDistancePct);
  if (stopProblem) return noPlan('stop_distance', stopProblem);
  const swings = swingTargets(ahead, atr);
  const targets = priceTargets(swings, risk, frame);
  const [first] = targets;
  if (!first) return noPlan('no_target', 'no target lies within reach');
  if (!(first.price > 0) || !(first.riskReward > 0)) {
    return noPlan('no_target', 'the tick is too coarse for a target');
  }
  const rewardProblem = findRewardProblem(first, swings.length > 0, frame);
  if (rewardProblem) return noPlan('risk_reward', rewardProblem);
  const { direction } = frame;
  const { price: takeProfit, riskReward } = first;
  const rationale = `${describeStop(chosen.swing, risk, frame)}; ${describeTargets(swings.length)}`;
  const plan = { direction, entry, stopLoss, takeProfit, riskReward, stopDistancePct, targets, rationale };
  return { plan, problem: null, reason: null };
}

function priceTargets(swings: readonly number[], risk: number, frame: Frame): RiskPlan['targets'] {
  const { side, entry, tickSize } = frame;
  const distances = swings.length > 0 ? swings : openTargets(risk, frame.atr, frame.minRiskReward);
  const towardsEntry = swings.length > 0;
  const rounding = (side === 1) === towardsEntry ? 'down' : 'up';
  return distances.map((distance, index) => {
    const price = roundToTick(entry + side * distance, tickSize, rounding);
    return { level: index + 1, price, riskReward: (side * (price - entry)) / risk };
  });
}

function findStopProblem(stopDistancePct: number): string | null {
  const { minStopPct, maxStopPct } = RISK_RULES;
  const text = `the stop would be ${stopDistancePct.toFixed(2)} % away`;
  if (!(stopDistancePct >= minStopPct)) return `${text}, closer than ${minStopPct} %`;
  return stopDistancePct > maxStopPct ? `${text}, farther than ${maxStopPct} %` : null;
}

function findRewardProblem(
  target: RiskPlan['targets'][number],
  isSwing: boolean,
  { direction, minRiskReward }: Frame,
): string | null {
  if (target.riskReward >= minRiskReward - RATIO_TOLERANCE) return null;
  const swing = direction === 'long' ? 'high' : 'low';
  const obstacle = isSwing ? `the swing ${swing} at ${target.price}` : 'the farthest target within reach';
  return `${obstacle} pays ${target.riskReward.toFixed(2)} for 1 of risk, less than the minimum ${minRiskReward}`;
}

function describeStop(swing: number | null, risk: number, { side, direction, entry, atr }: Frame): string {
  const distance = `stop ${(risk / atr).toFixed(1)} ATR away`;
  if (swing === null) return `${distance}, no usable swing behind the entry`;
  const level = Number((entry - side * swing).toPrecision(8));
  return `${distance}, behind the swing ${direction === 'long' ? 'low' : 'high'} at ${level}`;
}

function describeTargets(swingCount: number): string {
  return swingCount > 0
    ? 'targets at confirmed swings ahead'
    : 'no swing ahead: targets are multiples of the risk';
}

function noPlan(problem: PlanProblem, reason: string): RiskPlanResult {
  return { plan: null, problem, reason };
}
