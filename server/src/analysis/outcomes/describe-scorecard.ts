import {
  type DataKind,
  SCORECARD_MIN_SIGNALS,
  type Scorecard,
  type ScorecardGroup,
} from '@fast-scanner/shared';
import type { Evidence } from './weigh-evidence.ts';
import type { Interval } from './wilson-interval.ts';

/** What a scorecard says, in words. */
export function describeScorecard(
  { overall, cost_pct, data_kinds }: Pick<Scorecard, 'overall' | 'cost_pct' | 'data_kinds'>,
  evidence: Evidence,
): string {
  const missing = describeMissing(overall);
  const findings =
    missing === null
      ? [
          ...describeTrades(overall, cost_pct, evidence),
          ...describeScore(overall, evidence),
          ...describePredictions(overall, evidence),
        ]
      : [missing];
  return [...findings, ...describeData(data_kinds)].join(' ');
}

function describeMissing({ n, directional, independent, pending }: ScorecardGroup): string | null {
  const wanted = `of the ${SCORECARD_MIN_SIGNALS} that a verdict needs`;
  const rest = pending > 0 ? `; ${count(pending)} more ${pending === 1 ? 'is' : 'are'} pending` : '';
  if (directional < SCORECARD_MIN_SIGNALS) {
    const sides = n > directional ? ` (${count(n - directional)} settled signals took no side)` : '';
    return `Not enough data: ${count(directional)} settled trades ${wanted}${sides}${rest}.`;
  }
  if (independent >= SCORECARD_MIN_SIGNALS) return null;
  return `Not enough data: ${count(directional)} settled trades, but only ${count(independent)} without overlap, ${wanted}${rest}.`;
}

function describeTrades(overall: ScorecardGroup, costPct: number, { net }: Evidence): string[] {
  const { directional, independent, hit_rate, hit_interval_independent, mean_net_return_pct } = overall;
  if (hit_rate === null || hit_interval_independent === null || mean_net_return_pct === null) return [];
  const { low, high } = hit_interval_independent;
  const hits = `${share(hit_rate)} of ${count(directional)} trades ended above zero after costs of ${trimmed(costPct)} %`;
  const interval = `95 % interval ${share(low)} to ${share(high)}, by the ${count(independent)} that do not overlap`;
  const mean = `On average they made ${signed(mean_net_return_pct, 2)} %`;
  return [`${hits} (${interval}).`, `${mean}, ${describeChance(net)}.`];
}

function describeScore({ rank_correlation }: ScorecardGroup, { rankCorrelation }: Evidence): string[] {
  if (rank_correlation === null) return [];
  const figure = `rank correlation ${signed(rank_correlation, 3)}`;
  if (rankCorrelation && isOpposed(rank_correlation, rankCorrelation)) {
    const within = signed((rankCorrelation.low + rankCorrelation.high) / 2, 3);
    const difference = 'the times differ more than the signals of a time';
    return [
      `The score cannot be relied on: ${figure} over all, but ${within} within a time, as ${difference}.`,
    ];
  }
  switch (sideOf(rankCorrelation)) {
    case 'above':
      return [`A higher score was followed by a higher return (${figure}).`];
    case 'below':
      return [`A higher score was followed by a lower return (${figure}).`];
    case 'around':
      return [`The score says nothing about what follows (${figure}, within chance).`];
    case null:
      return [`Whether the score says anything about what follows is not known yet (${figure}).`];
  }
}

/** Whether stretches of time say, beyond chance, the contrary of the whole: scores and returns may rise and fall together from one to the next. */
function isOpposed(overall: number, within: Interval): boolean {
  const side = sideOf(within);
  return (side === 'above' && overall < 0) || (side === 'below' && overall > 0);
}

function describePredictions({ brier, baseline_brier }: ScorecardGroup, { skill }: Evidence): string[] {
  if (brier === null || baseline_brier === null) return [];
  const figures = `Brier ${brier.toFixed(4)} against ${baseline_brier.toFixed(4)}`;
  if (brier >= baseline_brier) return [`Predictions were no better than the base rate (${figures}).`];
  const chance = sideOf(skill) === 'above' ? 'beyond chance' : 'not beyond chance';
  return [`Predictions were better than the base rate (${figures}), ${chance}.`];
}

function describeData(kinds: readonly DataKind[]): string[] {
  if (kinds.length === 0) return [];
  if (!kinds.includes('simulated')) return ['What was measured is the past and promises nothing.'];
  const what = kinds.length === 1 ? 'All of it is' : 'Part of it is';
  return [`${what} simulated data, which say nothing about a real market.`];
}

function describeChance(interval: Interval | null): string {
  switch (sideOf(interval)) {
    case 'above':
      return 'above zero beyond chance';
    case 'below':
      return 'below zero beyond chance';
    case 'around':
      return 'which is within chance';
    case null:
      return 'and the time is too short to tell that from chance';
  }
}

function sideOf(interval: Interval | null): 'above' | 'below' | 'around' | null {
  if (interval === null) return null;
  if (interval.low > 0) return 'above';
  return interval.high < 0 ? 'below' : 'around';
}

function share(ratio: number): string {
  return `${(100 * ratio).toFixed(1)} %`;
}

function signed(value: number, decimals: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(decimals)}`;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(3)));
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
