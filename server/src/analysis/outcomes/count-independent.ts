import { forRows, type InTurns } from './in-turns.ts';
import type { Grouping } from './rank-correlation.ts';
import type { ScorecardColumns } from './scorecard-rows.ts';

/**
 * How many rows of each group are left when of those of one series (exchange, symbol and timeframe) whose horizons overlap only the first
 * counts: one move of the price that was said ten times is one piece of evidence. The rows come by time.
 */
export function* countIndependent(
  byTime: Uint32Array,
  { series, seriesCount, closeTime, endTime }: ScorecardColumns,
  { groupOf, groups }: Grouping,
): InTurns<Uint32Array> {
  const counts = new Uint32Array(groups);
  const busyUntil = new Float64Array(seriesCount * groups).fill(Number.NEGATIVE_INFINITY);
  yield* forRows(byTime.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = byTime[at] ?? 0;
      const group = groupOf[row] ?? 0;
      const place = (series[row] ?? 0) * groups + group;
      if ((closeTime[row] ?? 0) < (busyUntil[place] ?? 0)) continue;
      busyUntil[place] = endTime[row] ?? 0;
      counts[group] = (counts[group] ?? 0) + 1;
    }
  });
  return counts;
}
