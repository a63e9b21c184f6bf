import { FEWEST_BLOCKS, MOST_BLOCKS } from './block-interval.ts';
import { forRows, type InTurns } from './in-turns.ts';
import type { Grouping } from './rank-correlation.ts';
import type { ScorecardColumns } from './scorecard-rows.ts';

/**
 * Up to thirty stretches of equal length from the first to the last of the rows, which come by time; each at least as long as the longest
 * horizon, so that few trades reach from one into the next. `null` when there is no time for eight.
 */
export function* groupByTime(
  byTime: Uint32Array,
  { length, closeTime, endTime }: ScorecardColumns,
): InTurns<Grouping | null> {
  const first = closeTime[byTime[0] ?? 0] ?? Number.NaN;
  const span = (closeTime[byTime.at(-1) ?? 0] ?? Number.NaN) - first;
  let longest = 1;
  yield* forRows(byTime.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = byTime[at] ?? 0;
      longest = Math.max(longest, (endTime[row] ?? 0) - (closeTime[row] ?? 0));
    }
  });
  const groups = Math.min(MOST_BLOCKS, Math.floor(span / longest));
  if (!(groups >= FEWEST_BLOCKS)) return null;
  const groupOf = new Uint32Array(length);
  yield* forRows(length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      const share = ((closeTime[row] ?? first) - first) / span;
      groupOf[row] = Math.min(groups - 1, Math.max(0, Math.floor(share * groups)));
    }
  });
  return { groupOf, groups };
}
