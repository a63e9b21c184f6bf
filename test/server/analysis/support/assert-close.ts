import assert from 'node:assert/strict';

/** Fails unless two numbers (or two nulls) are within a tolerance of each other. */
export function assertClose(actual: number | null, expected: number | null, tolerance: number): void {
  if (actual === null || expected === null) {
    assert.equal(actual, expected);
    return;
  }
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}
