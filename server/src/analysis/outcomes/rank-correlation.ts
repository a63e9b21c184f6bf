import { forRows, type InTurns } from './in-turns.ts';
import { sortRows } from './sort-rows.ts';

/** Rows of several groups, and the two values whose ranks are compared within each. */
export interface RankedRows {
  readonly rows: Uint32Array;
  /** By row. */
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** The rows of {@link RankedRows} in the order of either value. */
export interface RankOrders {
  readonly byLeft: Uint32Array;
  readonly byRight: Uint32Array;
}

/** Which group each row is in, 0 to `groups` − 1. */
export interface Grouping {
  readonly groupOf: Uint32Array;
  readonly groups: number;
}

/** Sorts once what every grouping of the same rows needs. */
export function* orderByRank({ rows, left, right }: RankedRows): InTurns<RankOrders> {
  return { byLeft: yield* sortRows(rows, left), byRight: yield* sortRows(rows, right) };
}

/**
 * Spearman's rank correlation of each group: Pearson's of the ranks, equal values sharing the mean of theirs. NaN for a group of fewer than
 * two rows or with all values of one side equal.
 * @see C. Spearman, The proof and measurement of association between two things, 1904
 */
export function* correlateRanks(
  ranked: RankedRows,
  { byLeft, byRight }: RankOrders,
  grouping: Grouping,
): InTurns<Float64Array> {
  const leftRanks = yield* rankRows(byLeft, ranked.left, grouping);
  const rightRanks = yield* rankRows(byRight, ranked.right, grouping);
  return yield* correlate(ranked.rows, { left: leftRanks, right: rightRanks }, grouping);
}

/** Twice the rank of each row within its group, less the group's size + 1: centred on 0, without fractions. */
function* rankRows(order: Uint32Array, values: Float64Array, grouping: Grouping): InTurns<Float64Array> {
  const ranks = new Float64Array(values.length);
  yield* addRanks(ranks, { order, values, grouping, isBackward: false });
  yield* addRanks(ranks, { order, values, grouping, isBackward: true });
  return ranks;
}

interface RankPass {
  readonly order: Uint32Array;
  readonly values: Float64Array;
  readonly grouping: Grouping;
  readonly isBackward: boolean;
}

/**
 * Counted from either end, the first of equal values gives its rank to all of them; the difference of both counts is that of the mean rank
 * to the middle.
 */
function* addRanks(ranks: Float64Array, { order, values, grouping, isBackward }: RankPass): InTurns<void> {
  const { groupOf, groups } = grouping;
  const seen = new Uint32Array(groups);
  const rankOfRun = new Uint32Array(groups);
  const valueOfRun = new Float64Array(groups).fill(Number.NaN);
  const sign = isBackward ? -1 : 1;
  yield* forRows(order.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = order[isBackward ? order.length - 1 - at : at] ?? 0;
      const group = groupOf[row] ?? 0;
      const value = values[row] ?? Number.NaN;
      seen[group] = (seen[group] ?? 0) + 1;
      if (value !== valueOfRun[group]) {
        valueOfRun[group] = value;
        rankOfRun[group] = seen[group] ?? 0;
      }
      ranks[row] = (ranks[row] ?? 0) + sign * (rankOfRun[group] ?? 0);
    }
  });
}

function* correlate(
  rows: Uint32Array,
  ranks: { readonly left: Float64Array; readonly right: Float64Array },
  { groupOf, groups }: Grouping,
): InTurns<Float64Array> {
  const both = new Float64Array(groups);
  const lefts = new Float64Array(groups);
  const rights = new Float64Array(groups);
  yield* forRows(rows.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = rows[at] ?? 0;
      const group = groupOf[row] ?? 0;
      const left = ranks.left[row] ?? 0;
      const right = ranks.right[row] ?? 0;
      both[group] = (both[group] ?? 0) + left * right;
      lefts[group] = (lefts[group] ?? 0) + left ** 2;
      rights[group] = (rights[group] ?? 0) + right ** 2;
    }
  });
  return both.map((product, group) => product / Math.sqrt((lefts[group] ?? 0) * (rights[group] ?? 0)));
}
