import { forRows, type InTurns } from './in-turns.ts';
import type { Grouping } from './rank-correlation.ts';

/** The median of each group, from rows in the order of their values and how many of them each group has; NaN for none. */
export function* findMedians(
  order: Uint32Array,
  values: Float64Array,
  { groupOf, groups, sizes }: Grouping & { readonly sizes: readonly number[] },
): InTurns<Float64Array> {
  const medians = new Float64Array(groups);
  const seen = new Uint32Array(groups);
  yield* forRows(order.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      const row = order[at] ?? 0;
      const group = groupOf[row] ?? 0;
      const position = seen[group] ?? 0;
      const size = sizes[group] ?? 0;
      seen[group] = position + 1;
      const half = (values[row] ?? Number.NaN) / 2;
      if (position === (size - 1) >> 1) medians[group] = (medians[group] ?? 0) + half;
      if (position === size >> 1) medians[group] = (medians[group] ?? 0) + half;
    }
  });
  return medians.map((median, group) => ((sizes[group] ?? 0) > 0 ? median : Number.NaN));
}
