import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Slice } from './signal-walk.ts';

/** Looks until there are `limit` rows or nothing is left, each look in a turn of the event loop of its own. */
export async function collectSlices<Row, Position>(
  limit: number,
  look: (limit: number, from?: Position) => Slice<Row, Position>,
): Promise<Row[]> {
  let { rows, next } = look(limit);
  const collected = [...rows];
  while (next !== null && collected.length < limit) {
    await nextTurn();
    ({ rows, next } = look(limit - collected.length, next));
    collected.push(...rows);
  }
  return collected;
}
