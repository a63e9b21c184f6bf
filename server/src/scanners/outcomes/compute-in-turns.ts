import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InTurns } from '../../analysis/outcomes/in-turns.ts';

/** Goes on with a computation turn by turn of the event loop, so that everybody else has theirs in between. */
export async function computeInTurns<Result>(computation: InTurns<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
    await nextTurn();
  }
}
