import assert from 'node:assert/strict';
import { splitPurged } from '@fast-scanner/server/analysis/prediction/purged-folds.ts';
import fc from 'fast-check';
import { PROPERTY_RUNS } from '../support/property-runs.ts';

const OPTIONS = { folds: 3, initialShare: 0.5, embargoCandles: 2 };

/** Samples of so many symbols at each moment 0, 1, 2 …; a label takes as long as given. */
function timeline(moments: number, symbols: number, labelCandles: (row: number) => number) {
  const length = moments * symbols;
  const time = Float64Array.from({ length }, (_, row) => Math.floor(row / symbols));
  return { length, time, endTime: time.map((start, row) => start + labelCandles(row)) };
}

describe('the purged walk-forward', () => {
  it('judges the newest part in equal steps and learns from what was decided before', () => {
    const folds = splitPurged(
      timeline(24, 1, () => 3),
      1,
      OPTIONS,
    );
    assert.deepEqual(
      folds.map(({ from, to }) => [from, to]),
      [
        [12, 16],
        [16, 20],
        [20, 24],
      ],
    );
    // Row 12 is known at its moment; labels must have ended before 12 − 2, so before 10: rows 0 to 6 (6 + 3 = 9).
    assert.deepEqual([...(folds[0]?.train ?? [])], [0, 1, 2, 3, 4, 5, 6]);
  });

  it('never learns from a label that overlaps what it is judged on, for any number of symbols and any label length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 30, max: 60 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 7, maxLength: 7 }),
        fc.integer({ min: 0, max: 5 }),
        (symbols, moments, lengths, embargoCandles) => {
          const samples = timeline(moments, symbols, (row) => lengths[row % lengths.length] ?? 1);
          const folds = splitPurged(samples, 1, { ...OPTIONS, embargoCandles });
          for (const { train, from, to } of folds) {
            const start = samples.time[from] ?? Number.NaN;
            assert.notEqual(samples.time[from - 1], start, 'a moment is cut in two');
            assert.ok(to > from);
            const isKnown = (row: number) => (samples.endTime[row] ?? 0) < start - embargoCandles;
            assert.deepEqual([...train], [...samples.time.keys()].filter(isKnown));
          }
          const last = folds.at(-1);
          assert.equal(last?.to, samples.length);
          folds.slice(1).forEach(({ from }, i) => {
            assert.equal(folds[i]?.to, from);
          });
        },
      ),
      PROPERTY_RUNS,
    );
  });

  it('leaves nothing to learn from when all samples lie too close together', () => {
    const [fold] = splitPurged(
      timeline(6, 100, () => 24),
      1,
      OPTIONS,
    );
    assert.equal(fold?.train.length, 0);
  });
});
