import assert from 'node:assert/strict';
import { computeBlockInterval } from '@fast-scanner/server/analysis/outcomes/block-interval.ts';
import { finishAtOnce, ROWS_PER_TURN } from '@fast-scanner/server/analysis/outcomes/in-turns.ts';
import { correlateRanks, orderByRank } from '@fast-scanner/server/analysis/outcomes/rank-correlation.ts';
import { sortRows } from '@fast-scanner/server/analysis/outcomes/sort-rows.ts';
import { computeWilsonInterval } from '@fast-scanner/server/analysis/outcomes/wilson-interval.ts';
import fc from 'fast-check';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { assertNear } from './judged.ts';

/** Spearman's correlation of two columns, or of each group of their rows. */
function correlate(left: readonly number[], right: readonly number[], groupOf = left.map(() => 0)): number[] {
  const ranked = {
    rows: Uint32Array.from(left.keys()),
    left: Float64Array.from(left),
    right: Float64Array.from(right),
  };
  const grouping = { groupOf: Uint32Array.from(groupOf), groups: Math.max(...groupOf) + 1 };
  const orders = finishAtOnce(orderByRank(ranked));
  return [...finishAtOnce(correlateRanks(ranked, orders, grouping))];
}

/** By the definition: Pearson's correlation of mean ranks. */
function correlatePlainly(left: readonly number[], right: readonly number[]): number {
  const ranks = (values: readonly number[]) =>
    values.map((value) => {
      const below = values.filter((other) => other < value).length;
      const equal = values.filter((other) => other === value).length;
      return below + (equal + 1) / 2;
    });
  const [a, b] = [ranks(left), ranks(right)];
  const mean = (left.length + 1) / 2;
  const sum = (of: (index: number) => number) => a.reduce((total, _, index) => total + of(index), 0);
  const da = (index: number) => (a[index] ?? 0) - mean;
  const db = (index: number) => (b[index] ?? 0) - mean;
  return sum((i) => da(i) * db(i)) / Math.sqrt(sum((i) => da(i) ** 2) * sum((i) => db(i) ** 2));
}

describe('the Wilson interval', () => {
  // R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3.
  for (const [successes, trials, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    it(`of ${successes} in ${trials} is ${low} to ${high}, as Newcombe has it`, () => {
      const interval = computeWilsonInterval(successes, trials);
      assert.equal(interval.low.toFixed(4), low.toFixed(4));
      assert.equal(interval.high.toFixed(4), high.toFixed(4));
    });
  }

  it('mirrors successes and failures, lies around the share and narrows with more trials', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (trials, part) => {
          const successes = Math.round(part * trials);
          const { low, high } = computeWilsonInterval(successes, trials);
          const mirrored = computeWilsonInterval(trials - successes, trials);
          assertNear(mirrored.low, 1 - high);
          assert.ok(low >= 0 && low <= successes / trials && high >= successes / trials && high <= 1);
          const more = computeWilsonInterval(4 * successes, 4 * trials);
          assert.ok(more.high - more.low < high - low);
        },
      ),
      PROPERTY_RUNS,
    );
  });
});

describe('the rank correlation', () => {
  it('is that of published examples, with ties and without', () => {
    // The example of scipy.stats.spearmanr: two values are tied.
    assertNear(correlate([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])[0] ?? null, 0.8207826816681233);
    // IQ and hours of television a week, of the encyclopaedias: −29/165.
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
    assertNear(correlate(iq, hours)[0] ?? null, -29 / 165);
  });

  it('is what the definition says of each group, whatever is tied', () => {
    const some = fc.array(
      fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 0, max: 6 }), fc.nat(2)),
      {
        minLength: 2,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(some, (rows) => {
        const found = correlate(
          rows.map(([left]) => left),
          rows.map(([, right]) => right),
          rows.map(([, , group]) => group),
        );
        for (const [group, correlation] of found.entries()) {
          const own = rows.filter(([, , of]) => of === group);
          const plain = correlatePlainly(
            own.map(([left]) => left),
            own.map(([, right]) => right),
          );
          if (Number.isNaN(plain)) assert.ok(Number.isNaN(correlation));
          else assertNear(correlation, plain);
        }
      }),
      PROPERTY_RUNS,
    );
  });
});

describe('sorting in turns', () => {
  it('gives the order of the values, equal ones as they came, and rests in between', () => {
    const random = seededRandom(3);
    const values = Float64Array.from({ length: 3 * ROWS_PER_TURN + 77 }, () => Math.floor(500 * random()));
    const rows = Uint32Array.from(values.keys());
    const sorting = sortRows(rows, values);
    let rests = 0;
    let step = sorting.next();
    for (; !step.done; step = sorting.next()) rests += 1;
    const expected = [...rows].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
    assert.deepEqual([...step.value], expected);
    assert.ok(rests > 20, `${rests} rests`);
  });
});

describe('the interval by stretches of time', () => {
  it("is Student's, and none for fewer than eight", () => {
    const figures = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
    const interval = computeBlockInterval(figures);
    // Mean 4.5, deviation √6, t(97.5 %, 7) = 2.3646 of the printed tables.
    const margin = 2.3646 * Math.sqrt(6 / 8);
    assert.ok(Math.abs((interval?.low ?? 0) - (4.5 - margin)) < 1e-3);
    assert.ok(Math.abs((interval?.high ?? 0) - (4.5 + margin)) < 1e-3);
    assert.equal(computeBlockInterval(figures.subarray(1)), null);
  });
});
