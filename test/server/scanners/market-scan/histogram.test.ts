import assert from 'node:assert/strict';
import { computeHistogram } from '@fast-scanner/server/scanners/market-scan/histogram.ts';
import fc from 'fast-check';

describe('the histogram', () => {
  it('has bins of a round width that begin at multiples of it', () => {
    const { edges, counts } = computeHistogram([-12.5, -3, 0, 1, 4.99, 5, 31]);
    assert.deepEqual(
      edges,
      [-14, -12, -10, -8, -6, -4, -2, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32],
    );
    assert.deepEqual([counts[0], counts[5], counts[7], counts[9], counts[22]], [1, 1, 2, 2, 1]);
  });

  it('of values that are all the same is one bin, and of none has none', () => {
    assert.deepEqual(computeHistogram([2.5, 2.5]), { edges: [2, 3], counts: [2] });
    assert.deepEqual(computeHistogram([]), { edges: [], counts: [] });
  });

  it('counts every value once, in the bin it lies in, in few bins', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100_000, max: 1_000_000 }), { minLength: 1, maxLength: 80 }),
        fc.constantFrom(0.01, 0.1, 1),
        (numbers, unit) => {
          const values = numbers.map((number) => number * unit);
          const { edges, counts } = computeHistogram(values);
          assert.equal(edges.length, counts.length + 1);
          assert.ok(counts.length <= 26, `${counts.length} bins`);
          assert.equal(
            counts.reduce((sum, count) => sum + count, 0),
            values.length,
          );
          const [first = 0, last = 0] = [edges[0], edges.at(-1)];
          const near = 1e-6 * (last - first);
          assert.ok(values.every((value) => value >= first - near && value <= last + near));
          assert.ok(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0)));
        },
      ),
      { numRuns: 100 },
    );
  });
});
