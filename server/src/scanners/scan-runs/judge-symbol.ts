import {
  type DeepAnalysis,
  type RejectionReason,
  type RiskPlan,
  RUN_MODES,
  type RunRejection,
  type RunSignal,
} from '@fast-scanner/shared';
import { roundToTick } from '../../analysis/tick.ts';
import { formatMissedScore } from './format-missed-score.ts';
import type { RunInput, RunOutcome } from './run-record.ts';

export type RunRules = Pick<RunInput, 'mode' | 'minScore' | 'leverage'>;

export interface JudgedSymbol {
  readonly symbol: string;
  readonly deep: DeepAnalysis;
  /** Price of this moment … */
  readonly price: number;
  /** … which is this one, by the clock of the exchange, epoch ms. */
  readonly asOf: number;
  /** Smallest price step of the market; `null` when unknown. */
  readonly tickSize: number | null;
}

/** The entry zone reaches this far from the plan's entry towards its stop. */
const ENTRY_ZONE_SHARE = 0.25;
/** Percent of the position to close at each target, by how many targets there are. */
const TARGET_SHARES: readonly (readonly number[])[] = [[], [100], [60, 40], [50, 30, 20]];
/** Percent of the entry that exchanges keep as maintenance margin of small positions, isolated. */
const MAINTENANCE_MARGIN_PCT = 0.5;

/**
 * Whether a symbol passes the rules of its mode, looked at in this order: the critical timeframes are there
 * (`missing_critical_tf`), the opportunity score reaches the minimum (`low_confluence`), there is a plan (`no_trade_plan`) whose risk is
 * acceptable (`risk_validation`: stop distance, risk/reward, the price still between stop and first target, the stop before the
 * liquidation). The first rule it breaks is its reason.
 */
export function judgeSymbol(judged: JudgedSymbol, rules: RunRules): RunOutcome {
  const verdict =
    findMissingTimeframe(judged, rules) ?? findLowScore(judged, rules) ?? findPlanProblem(judged, rules);
  const plan = judged.deep.sl_tp;
  if (verdict || !plan) return reject(judged, rules, verdict ?? ['no_trade_plan', 'there is no plan']);
  return { status: 'signal', signal: toSignal(judged, plan, rules), asOf: judged.asOf };
}

type Verdict = readonly [RejectionReason, string];

function findMissingTimeframe({ deep }: JudgedSymbol, { mode }: RunRules): Verdict | null {
  const missing = deep.confluence.timeframes.filter(
    ({ timeframe, signal }) => signal === null && RUN_MODES[mode].criticalTimeframes.includes(timeframe),
  );
  const said = missing.map(({ timeframe, detail }) => `${timeframe}: ${detail}`).join('; ');
  return missing.length === 0 ? null : ['missing_critical_tf', `${mode} cannot do without ${said}`];
}

function findLowScore({ deep }: JudgedSymbol, { minScore }: RunRules): Verdict | null {
  const { opportunity_score: score, direction } = deep;
  if (direction === 'none') return ['low_confluence', 'the signal is HOLD: no side to trade'];
  if (score >= minScore) return null;
  return ['low_confluence', `scores ${formatMissedScore(score)}, below the minimum ${minScore}`];
}

function findPlanProblem({ deep, price }: JudgedSymbol, { leverage }: RunRules): Verdict | null {
  const { sl_tp: plan, sl_tp_problem: problem, sl_tp_reason } = deep;
  const reason = sl_tp_reason ?? 'there is no plan';
  if (problem === 'stop_distance' || problem === 'risk_reward') return ['risk_validation', reason];
  if (!plan) return ['no_trade_plan', reason];
  const side = sideOf(plan);
  if (side * (price - plan.stopLoss) <= 0) {
    return ['risk_validation', `the price ${price} is already behind the stop ${plan.stopLoss}`];
  }
  if (side * (plan.takeProfit - price) <= 0) {
    return ['risk_validation', `the price ${price} has already reached the first target ${plan.takeProfit}`];
  }
  const liquidation = liquidationPrice(plan, leverage);
  if (liquidation === null || side * (plan.stopLoss - liquidation) > 0) return null;
  const detail = `with leverage ${leverage} the position is liquidated at ${liquidation}, before the stop ${plan.stopLoss}`;
  return ['risk_validation', detail];
}

/** Isolated margin: the margin but for the maintenance is lost after `100 / leverage − 0.5` percent against the position. */
function liquidationPrice(plan: RiskPlan, leverage: number): number | null {
  if (leverage === 1) return null;
  const distancePct = 100 / leverage - MAINTENANCE_MARGIN_PCT;
  return Number((plan.entry * (1 - (sideOf(plan) * distancePct) / 100)).toPrecision(8));
}

function sideOf({ direction }: RiskPlan): 1 | -1 {
  return direction === 'long' ? 1 : -1;
}

function reject(
  { symbol, deep }: JudgedSymbol,
  { minScore: threshold }: RunRules,
  [reason, detail]: Verdict,
): RunOutcome {
  const { opportunity_score: score, factors } = deep;
  const rejection: RunRejection = { symbol, reason: detail, score, threshold, factors };
  return { status: 'rejected', reason, rejection };
}

function toSignal(
  { symbol, deep, price, tickSize }: JudgedSymbol,
  plan: RiskPlan,
  rules: RunRules,
): RunSignal {
  const { mode, leverage } = rules;
  const shares = TARGET_SHARES[plan.targets.length] ?? [];
  const zone = plan.entry - sideOf(plan) * ENTRY_ZONE_SHARE * Math.abs(plan.entry - plan.stopLoss);
  return {
    symbol,
    direction: plan.direction === 'long' ? 'LONG' : 'SHORT',
    score: deep.opportunity_score,
    entry_near: plan.entry,
    entry_far: roundToTick(zone, tickSize, plan.direction === 'long' ? 'up' : 'down'),
    stop_loss: plan.stopLoss,
    targets: plan.targets.map(({ price: level, riskReward }, index) => ({
      level,
      percentage: shares[index] ?? 0,
      risk_reward: riskReward,
    })),
    primary_timeframe: RUN_MODES[mode].primaryTimeframe,
    current_price: price,
    liquidation_price: liquidationPrice(plan, leverage),
    analysis: deep,
    rationale: explain(deep, plan, rules),
    setup_type: RUN_MODES[mode].setupType,
    factors: deep.factors,
    candle_close_time: deep.candleCloseTime,
  };
}

function explain(deep: DeepAnalysis, plan: RiskPlan, { mode, minScore }: RunRules): string {
  const { confluence, market_regime: regime, opportunity_score: score } = deep;
  const agreeing = plan.direction === 'long' ? 'BUY' : 'SELL';
  const votes = confluence.timeframes.filter(({ signal }) => signal === agreeing).length;
  return [
    `${plan.direction} on ${RUN_MODES[mode].primaryTimeframe}: score ${score.toFixed(1)} of at least ${minScore}`,
    `${votes} of ${confluence.timeframes.length} timeframes say ${agreeing}`,
    `${regime.regime} regime with confidence ${regime.confidence.toFixed(2)}`,
    plan.rationale,
  ].join('; ');
}
