import { SCORECARD_MIN_SIGNALS, type ScorecardGroup } from '@fast-scanner/shared';
import type { GroupTally } from './group-tally.ts';
import { computeWilsonInterval } from './wilson-interval.ts';

/** What takes more than counting. NaN where it is not defined. */
export interface GroupFigures {
  readonly independent: number;
  readonly medianNet: number;
  readonly rankCorrelation: number;
}

/** The figures of a group; those that too few signals stand behind are `null`. */
export function toScorecardGroup(key: string, tally: GroupTally, figures: GroupFigures): ScorecardGroup {
  const { settled: n, trades: directional } = tally;
  const { independent, rankCorrelation } = figures;
  return {
    key,
    n,
    directional,
    independent,
    pending: tally.count('pending'),
    unknown: tally.count('unknown'),
    note: noteOf(n, directional),
    ...(isEnough(directional) ? tradeFigures(tally, figures) : NO_TRADE_FIGURES),
    rank_correlation: isEnough(n) ? finiteOrNull(rankCorrelation) : null,
    ...predictionFigures(tally),
  };
}

/** Whether figures of so many signals are more than noise. */
export function isEnough(signals: number): boolean {
  return signals >= SCORECARD_MIN_SIGNALS;
}

function noteOf(n: number, directional: number): string | null {
  if (isEnough(directional)) return null;
  if (isEnough(n) && directional === 0) return 'none of them took a side';
  return `not enough data (${directional} of ${SCORECARD_MIN_SIGNALS})`;
}

const NO_TRADE_FIGURES = {
  target_rate: null,
  stop_rate: null,
  timeout_rate: null,
  hit_rate: null,
  hit_interval: null,
  hit_interval_independent: null,
  mean_net_return_pct: null,
  median_net_return_pct: null,
  mean_forward_return_pct: null,
  profit_factor: null,
} as const;

function tradeFigures(
  tally: GroupTally,
  { independent, medianNet }: GroupFigures,
): Pick<ScorecardGroup, keyof typeof NO_TRADE_FIGURES> {
  const { trades, wins, netSum, gains, losses, forwardSum, forwards } = tally;
  const hitRate = wins / trades;
  return {
    target_rate: tally.count('target') / trades,
    stop_rate: tally.count('stop') / trades,
    timeout_rate: tally.count('timeout') / trades,
    hit_rate: hitRate,
    hit_interval: computeWilsonInterval(wins, trades),
    hit_interval_independent: computeWilsonInterval(hitRate * independent, independent),
    mean_net_return_pct: netSum / trades,
    median_net_return_pct: medianNet,
    mean_forward_return_pct: finiteOrNull(forwardSum / forwards),
    profit_factor: finiteOrNull(gains / losses),
  };
}

function predictionFigures({ predictions, ups, squaredErrors }: GroupTally) {
  const share = ups / predictions;
  return isEnough(predictions)
    ? { predictions, brier: squaredErrors / predictions, baseline_brier: share * (1 - share) }
    : { predictions, brier: null, baseline_brier: null };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
