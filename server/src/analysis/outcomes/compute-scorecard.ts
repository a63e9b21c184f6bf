import {
  SCORECARD_DIMENSIONS,
  SCORECARD_MIN_SIGNALS,
  type Scorecard,
  type ScorecardGroup,
  type ScorecardQuery,
  toIsoTime,
} from '@fast-scanner/shared';
import { countIndependent } from './count-independent.ts';
import { describeScorecard } from './describe-scorecard.ts';
import { findMedians } from './find-medians.ts';
import { type GroupTally, tallyGroups } from './group-tally.ts';
import { forRows, type InTurns } from './in-turns.ts';
import { orderGroups } from './order-groups.ts';
import { correlateRanks, type Grouping, orderByRank } from './rank-correlation.ts';
import { computeScorecardBins } from './scorecard-bins.ts';
import { toScorecardGroup } from './scorecard-group.ts';
import { OUTCOME, type ScorecardColumns, type ScorecardRows } from './scorecard-rows.ts';
import { sortRows } from './sort-rows.ts';
import { type SortedRows, weighEvidence } from './weigh-evidence.ts';

export interface ScorecardOptions {
  /** What the signals were chosen by; said in the answer. */
  readonly filters: ScorecardQuery;
  /** What was taken off the net returns, percent of the entry. */
  readonly costPct: number;
}

/** Rows in the orders that the figures need, sorted once for all groupings. */
interface Orders extends SortedRows {
  /** Settled signals, with a side or without, by time. */
  readonly settledByTime: Uint32Array;
  /** Settled trades by net return. */
  readonly byNet: Uint32Array;
}

interface MeasuredGroup {
  readonly tally: GroupTally;
  readonly group: ScorecardGroup;
}

/** Holds everything that was said against what happened. Rests every few thousand rows. */
export function* computeScorecard(
  rows: ScorecardRows,
  { filters, costPct }: ScorecardOptions,
): InTurns<Scorecard> {
  const columns = rows.columns();
  const orders = yield* sortColumns(columns);
  const whole = { groupOf: new Uint32Array(columns.length), groups: 1, keys: ['all'] };
  const [all] = yield* measureGroups(columns, orders, whole);
  if (!all) throw new Error('the whole is a group');
  const groups: Scorecard['groups'] = {};
  for (const dimension of SCORECARD_DIMENSIONS) {
    const { groupOf, keys } = rows.groupsOf(dimension);
    const measured = yield* measureGroups(columns, orders, { groupOf, groups: keys.length, keys });
    groups[dimension] = orderGroups(
      dimension,
      measured.map(({ group }) => group),
    );
  }
  const said = {
    overall: all.group,
    cost_pct: costPct,
    data_kinds: [...rows.dataKinds].sort(),
  };
  return {
    filters,
    ...spanOf(columns, orders),
    ...said,
    groups,
    reliability: yield* computeScorecardBins(columns, all.tally.predictions),
    min_signals: SCORECARD_MIN_SIGNALS,
    verdict: describeScorecard(said, yield* weighEvidence(columns, all.tally, orders)),
  };
}

function* measureGroups(
  columns: ScorecardColumns,
  { byTime, byNet, ranked, orders }: Orders,
  { keys, ...grouping }: Grouping & { readonly keys: readonly string[] },
): InTurns<readonly MeasuredGroup[]> {
  const tallies = yield* tallyGroups(columns, grouping);
  const independent = yield* countIndependent(byTime, columns, grouping);
  const sizes = tallies.map(({ trades }) => trades);
  const medians = yield* findMedians(byNet, columns.net, { ...grouping, sizes });
  const correlations = yield* correlateRanks(ranked, orders, grouping);
  return tallies.map((tally, index) => ({
    tally,
    group: toScorecardGroup(keys[index] ?? '', tally, {
      independent: independent[index] ?? 0,
      medianNet: medians[index] ?? Number.NaN,
      rankCorrelation: correlations[index] ?? Number.NaN,
    }),
  }));
}

function* sortColumns(columns: ScorecardColumns): InTurns<Orders> {
  const { score, forward, outcome, closeTime, net } = columns;
  const outcomeOf = (row: number) => outcome[row] ?? OUTCOME.pending;
  const settled = yield* chooseRows(allRows(columns), (row) => outcomeOf(row) <= OUTCOME.none);
  const settledByTime = yield* sortRows(settled, closeTime);
  const byTime = yield* chooseRows(settledByTime, (row) => outcomeOf(row) <= OUTCOME.timeout);
  const rows = yield* chooseRows(settled, (row) => !Number.isNaN(forward[row]));
  const ranked = { rows, left: score, right: forward };
  const orders = yield* orderByRank(ranked);
  return { settledByTime, byTime, byNet: yield* sortRows(byTime, net), ranked, orders };
}

function allRows({ length }: ScorecardColumns): Uint32Array {
  const rows = new Uint32Array(length);
  for (let row = 0; row < length; row += 1) rows[row] = row;
  return rows;
}

function* chooseRows(rows: Uint32Array, isChosen: (row: number) => boolean): InTurns<Uint32Array> {
  const chosen = new Uint32Array(rows.length);
  let count = 0;
  yield* forRows(rows.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = rows[at] ?? 0;
      if (!isChosen(row)) continue;
      chosen[count] = row;
      count += 1;
    }
  });
  return chosen.subarray(0, count);
}

function spanOf({ closeTime }: ScorecardColumns, { settledByTime }: Orders) {
  const timeAt = (row: number | undefined) =>
    row === undefined ? null : toIsoTime(closeTime[row] ?? Number.NaN);
  return { from: timeAt(settledByTime[0]), to: timeAt(settledByTime.at(-1)) };
}
