/** A long computation that rests from time to time: whoever drives it may do something else before it goes on. */
export type InTurns<Result> = Generator<undefined, Result, undefined>;

/** Rows between two rests: some 0.2 ms of plain arithmetic. */
export const ROWS_PER_TURN = 8_192;

/** Runs it to its end at once, for callers that hold up nobody. */
export function finishAtOnce<Result>(computation: InTurns<Result>): Result {
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
  }
}

/** Calls `work` for the rows from 0 (inclusive) to `length` (exclusive), a piece at a time. */
export function* forRows(length: number, work: (from: number, to: number) => void): InTurns<void> {
  for (let from = 0; from < length; from += ROWS_PER_TURN) {
    work(from, Math.min(length, from + ROWS_PER_TURN));
    yield;
  }
}
