import { computeBlockInterval } from './block-interval.ts';
import { type GroupTally, tallyGroups } from './group-tally.ts';
import type { InTurns } from './in-turns.ts';
import { correlateRanks, type RankedRows, type RankOrders } from './rank-correlation.ts';
import type { ScorecardColumns } from './scorecard-rows.ts';
import { groupByTime } from './time-blocks.ts';
import type { Interval } from './wilson-interval.ts';

/** What is left of the figures beyond chance; `null` where the time is too short to tell. */
export interface Evidence {
  /** Mean net return of the trades, percent. */
  readonly net: Interval | null;
  readonly rankCorrelation: Interval | null;
  /** By how much the Brier score is better than that of the base rate. */
  readonly skill: Interval | null;
}

export interface SortedRows {
  /** Settled trades by time. */
  readonly byTime: Uint32Array;
  readonly ranked: RankedRows;
  readonly orders: RankOrders;
}

/** Confidence in the three figures of the whole, from how they differ between stretches of time. */
export function* weighEvidence(
  columns: ScorecardColumns,
  overall: GroupTally,
  { byTime, ranked, orders }: SortedRows,
): InTurns<Evidence> {
  const blocks = yield* groupByTime(byTime, columns);
  if (blocks === null) return { net: null, rankCorrelation: null, skill: null };
  const tallies = yield* tallyGroups(columns, blocks);
  const correlations = yield* correlateRanks(ranked, orders, blocks);
  const { trades, predictions, ups } = overall;
  const share = ups / predictions;
  const figures = (of: (tally: GroupTally) => number) => Float64Array.from(tallies, of);
  return {
    net: computeBlockInterval(figures(({ netSum }) => (netSum * blocks.groups) / trades)),
    rankCorrelation: computeBlockInterval(correlations.filter(Number.isFinite)),
    skill:
      predictions === 0
        ? null
        : computeBlockInterval(figures((tally) => (gainOver(share, tally) * blocks.groups) / predictions)),
  };
}

/** Squared errors of always saying the share that rose, less those of the predictions. */
function gainOver(share: number, { predictions, ups, squaredErrors }: GroupTally): number {
  return predictions * share ** 2 - 2 * share * ups + ups - squaredErrors;
}
