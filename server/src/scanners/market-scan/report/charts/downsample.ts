/**
 * Positions of at most `most` values (at least 4) that draw the same line: the first, the last, and of each of equally long stretches
 * between them the lowest and the highest, so that no peak and no trough gets lost. All positions where there are few enough.
 */
export function downsample(values: readonly number[], most = 600): readonly number[] {
  const { length } = values;
  if (length <= most) return values.map((_, index) => index);
  const stretches = Math.floor((most - 2) / 2);
  const kept = [0];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = 1 + Math.floor((stretch * (length - 2)) / stretches);
    const to = 1 + Math.floor(((stretch + 1) * (length - 2)) / stretches);
    kept.push(...extremesWithin(values, from, to));
  }
  return [...kept, length - 1];
}

/** Positions of the lowest and the highest value from `from` until before `to`, rising; one position when they are the same. */
function extremesWithin(values: readonly number[], from: number, to: number): readonly number[] {
  let [lowest, highest] = [from, from];
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (value < (values[lowest] ?? Number.NaN)) lowest = index;
    if (value > (values[highest] ?? Number.NaN)) highest = index;
  }
  if (lowest === highest) return [lowest];
  return lowest < highest ? [lowest, highest] : [highest, lowest];
}
