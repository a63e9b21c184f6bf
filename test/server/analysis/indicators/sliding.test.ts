import assert from 'node:assert/strict';
import { slidingMaximum, slidingMinimum } from '@fast-scanner/server/analysis/indicators/sliding.ts';
import fc from 'fast-check';

const values = fc
  .array(fc.oneof({ weight: 20, arbitrary: fc.integer({ min: -50, max: 50 }) }, fc.constant(Number.NaN)), {
    maxLength: 60,
    size: 'max',
  })
  .map((list) => Float64Array.from(list));

describe('sliding extremes', () => {
  it('are those of each window looked through alone, with NaN for a window with a NaN in it', () => {
    const inputs = fc.property(values, fc.integer({ min: 1, max: 20 }), (column, period) => {
      assert.deepEqual(slidingMaximum(column, period), windowByWindow(column, period, Math.max));
      assert.deepEqual(slidingMinimum(column, period), windowByWindow(column, period, Math.min));
    });
    fc.assert(inputs, { seed: 20_260_107, numRuns: 200 });
  });
});

function windowByWindow(
  column: Float64Array,
  period: number,
  extreme: (...window: number[]) => number,
): Float64Array {
  return column.map((_, index) =>
    index < period - 1 ? Number.NaN : extreme(...column.subarray(index - period + 1, index + 1)),
  );
}
