import { forRows, type InTurns } from './in-turns.ts';

/** Rows sorted in one piece: some 0.5 ms. */
const PIECE = 2_048;

/** The rows in the order of their values, equal ones in the order given. Values of these rows are numbers, not NaN. */
export function* sortRows(rows: Uint32Array, values: Float64Array): InTurns<Uint32Array> {
  let sorted = rows.slice();
  for (let from = 0; from < sorted.length; from += PIECE) {
    sorted.subarray(from, from + PIECE).sort((one, other) => valueAt(values, one) - valueAt(values, other));
    yield;
  }
  let merged = new Uint32Array(sorted.length);
  for (let width = PIECE; width < sorted.length; width *= 2) {
    yield* mergePairs(sorted, merged, { values, width });
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}

/** Merges neighbours of `width` sorted rows each into runs of twice that. */
function* mergePairs(
  source: Uint32Array,
  target: Uint32Array,
  { values, width }: { readonly values: Float64Array; readonly width: number },
): InTurns<void> {
  let [left, right, leftEnd, rightEnd] = [0, 0, 0, 0];
  yield* forRows(source.length, (from, to) => {
    for (let at = from; at < to; at += 1) {
      if (at === rightEnd) {
        left = at;
        leftEnd = Math.min(at + width, source.length);
        right = leftEnd;
        rightEnd = Math.min(at + 2 * width, source.length);
      }
      const takesLeft =
        left < leftEnd &&
        (right >= rightEnd || valueAt(values, source[left]) <= valueAt(values, source[right]));
      target[at] = (takesLeft ? source[left++] : source[right++]) ?? 0;
    }
  });
}

function valueAt(values: Float64Array, row = 0): number {
  return values[row] ?? Number.NaN;
}
