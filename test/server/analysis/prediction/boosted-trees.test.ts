import assert from 'node:assert/strict';
import {
  type BoostedTreesModel,
  scoreTrees,
  trainBoostedTrees,
} from '@fast-scanner/server/analysis/prediction/boosted-trees.ts';
import { computeFeatureBins, MOST_BINS } from '@fast-scanner/server/analysis/prediction/feature-bins.ts';
import { logLossOf } from '@fast-scanner/server/analysis/prediction/logistic-loss.ts';
import {
  type TrainingRows,
  trainLogistic,
} from '@fast-scanner/server/analysis/prediction/logistic-regression.ts';
import fc from 'fast-check';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { trainingRows } from './support/training-rows.ts';

/** Every row in every tree, leaves as small as they like. */
const EXACT = { rowShare: 1, l2: 0, minLeafShare: 0 };

/** Points of a square that go up where both coordinates have the same sign, and now and then elsewhere. */
function checkerboard(seed: number, count = 400): TrainingRows {
  const random = seededRandom(seed);
  const columns = [0, 1, 2].map(() => Array.from({ length: count }, () => 2 * random() - 1));
  const label = Array.from({ length: count }, (_, i) => {
    const isSame = (columns[0]?.[i] ?? 0) * (columns[1]?.[i] ?? 0) > 0;
    return Number(random() < (isSame ? 0.9 : 0.1));
  });
  return trainingRows(columns, label);
}

function meanLoss(model: BoostedTreesModel, { features, label, rows }: TrainingRows): number {
  const losses = Array.from(rows, (row) => logLossOf(scoreTrees(model, features, row), label[row] === 1));
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

describe('the gradient-boosted trees', () => {
  // Base rate 1/2: every row has gradient 0.5 − label and curvature 0.25. Half the sums of G² / H of both sides are 0.571, 0, 0.267,
  // 1, 0.267, 1.333 and 0.571 for splits after 1 to 7: 6 it is. A leaf's value is −G / H: −1 / 1.5 on the left, 1 / 0.5 on the right.
  it('split and value a small table as by hand', () => {
    const training = trainingRows([[1, 2, 3, 4, 5, 6, 7, 8]], [0, 1, 0, 0, 1, 0, 1, 1]);
    const model = trainBoostedTrees(training, { ...EXACT, trees: 1, depth: 1, shrinkage: 1 });
    assert.equal(model.start, 0);
    assert.deepEqual(model.trees, [
      { feature: [0, null, null], threshold: [6, 0, 0], left: [1, 0, 0], value: [0, -1 / 1.5, 2] },
    ]);
    assert.deepEqual(model.importances, [1]);
  });

  // Leaves of 40 % leave the split after 4 alone. The second tree sees probability 1 / (1 + e) on the left: gradients p, p, p, p − 1 sum to 4p − 1, curvatures to 4p(1 − p).
  it('the second tree learns what the first one left', () => {
    const training = trainingRows([[1, 2, 3, 4, 5, 6, 7, 8]], [0, 1, 0, 0, 1, 0, 1, 1]);
    const model = trainBoostedTrees(training, { ...EXACT, trees: 2, depth: 0, shrinkage: 0.5 });
    assert.deepEqual(
      model.trees.map(({ feature }) => feature),
      [[null], [null]],
    );
    const deeper = trainBoostedTrees(training, {
      ...EXACT,
      trees: 2,
      depth: 1,
      shrinkage: 1,
      minLeafShare: 0.4,
    });
    const p = 1 / (1 + Math.E);
    const second = -(4 * p - 1) / (4 * p * (1 - p));
    assertClose(deeper.trees[1]?.value[1] ?? null, second, 1e-12);
    assertClose(deeper.trees[1]?.value[2] ?? null, -second, 1e-12);
  });

  it('find an effect of two features together, which no logistic regression can', () => {
    const [training, unseen] = [checkerboard(1), checkerboard(2)];
    const trees = trainBoostedTrees(training);
    const hits = [...unseen.rows].filter(
      (row) => scoreTrees(trees, unseen.features, row) > 0 === (unseen.label[row] === 1),
    );
    assert.ok(hits.length > 0.8 * unseen.rows.length, `${hits.length} of ${unseen.rows.length}`);
    assert.ok(Math.hypot(...trainLogistic(training).coefficients) < 0.3);
    const [first = 0, second = 0, noise = 1] = trees.importances;
    assert.ok(noise < 0.3 * Math.min(first, second));
  });

  it('each tree on all rows lowers the loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const training = checkerboard(seed, 80);
        fc.pre(new Set(training.label).size === 2);
        const { trees, ...model } = trainBoostedTrees(training, { rowShare: 1, trees: 12 });
        const losses = [0, 3, 6, 9, 12].map((count) =>
          meanLoss({ ...model, trees: trees.slice(0, count) }, training),
        );
        losses.slice(1).forEach((loss, i) => {
          assert.ok(loss <= (losses[i] ?? 0) + 1e-12);
        });
      }),
      { ...PROPERTY_RUNS, numRuns: 15 },
    );
  });

  it('do not change with a rising function of a feature', () => {
    const training = checkerboard(4, 100);
    const curved = { ...training, features: training.features.map((column) => column.map((x) => x ** 3)) };
    const [plain, bent] = [training, curved].map((rows) => trainBoostedTrees(rows, { trees: 10 }));
    assert.deepEqual(
      plain?.trees.map(({ value }) => value),
      bent?.trees.map(({ value }) => value),
    );
  });

  it('the same seed gives the same trees, another seed draws other rows', () => {
    const training = checkerboard(5, 200);
    const of = (seed: number) => trainBoostedTrees(training, { seed, trees: 5 });
    assert.deepEqual(of(1), of(1));
    assert.notDeepEqual(of(1).trees, of(2).trees);
  });

  it('nothing to split leaves the base rate', () => {
    const training = trainingRows([[5, 5, 5, 5]], [1, 0, 1, 1]);
    const model = trainBoostedTrees(training, { ...EXACT, trees: 3, shrinkage: 1 });
    assertClose(scoreTrees(model, training.features, 0), Math.log(3), 1e-12);
    assert.deepEqual(model.importances, [0]);
  });

  it('no leaf is smaller than its share', () => {
    const training = checkerboard(6, 100);
    const { trees } = trainBoostedTrees(training, { rowShare: 1, minLeafShare: 0.3, trees: 1, shrinkage: 1 });
    const leaves = new Map<number, number>();
    for (const row of training.rows) {
      const value = scoreTrees({ family: 'trees', start: 0, trees, importances: [] }, training.features, row);
      leaves.set(value, (leaves.get(value) ?? 0) + 1);
    }
    assert.ok(Math.min(...leaves.values()) >= 25, `leaves of ${[...leaves.values()].join(', ')} rows`);
  });

  it('survive JSON', () => {
    const training = checkerboard(7, 100);
    const model = trainBoostedTrees(training, { trees: 5 });
    const copy: unknown = JSON.parse(JSON.stringify(model));
    assert.deepEqual(copy, model);
  });
});

describe('the bins of the features', () => {
  it('hold about equally many rows, and every distinct value of a feature that has few', () => {
    const random = seededRandom(9);
    const wide = Float32Array.from({ length: 3_200 }, () => random() ** 4);
    const few = Float32Array.from(wide, (_, i) => (i % 3) - 1);
    const rows = Uint32Array.from(wide.keys());
    const { codes, edges } = computeFeatureBins([wide, few], rows);
    const counts = new Array(MOST_BINS).fill(0);
    for (const row of rows) counts[codes[2 * row] ?? 0] += 1;
    assert.ok(
      counts.every((count) => count === 100),
      counts.join(),
    );
    assert.deepEqual([...(edges[1] ?? [])], [-1, 0]);
  });

  it('say the same as the edges: a row is in a bin up to an edge when its value is', () => {
    const column = Float32Array.of(3, 1, 2, 2, 9, -4);
    const { codes, edges } = computeFeatureBins([column], Uint32Array.from(column.keys()));
    for (const [row, value] of column.entries()) {
      edges[0]?.forEach((edge, bin) => {
        assert.equal((codes[row] ?? 0) <= bin, value <= edge);
      });
    }
  });
});
