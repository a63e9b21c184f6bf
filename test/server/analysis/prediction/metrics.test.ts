import assert from 'node:assert/strict';
import {
  computeAuc,
  computeMetrics,
  type JudgedRows,
} from '@fast-scanner/server/analysis/prediction/prediction-metrics.ts';
import { computeReliability } from '@fast-scanner/server/analysis/prediction/reliability.ts';
import { computeSkillInterval } from '@fast-scanner/server/analysis/prediction/skill-confidence.ts';
import { studentQuantile } from '@fast-scanner/server/analysis/prediction/student-t.ts';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { assertClose } from '../support/assert-close.ts';

function judged(probability: readonly number[], label: readonly number[], base = 0.5): JudgedRows {
  return {
    probability: Float64Array.from(probability),
    baseline: new Float64Array(label.length).fill(base),
    label: Uint8Array.from(label),
    time: Float64Array.from(label.keys()),
  };
}

/** Rows of so many moments and symbols, all symbols with the same label, whose probability says as much of it as `belief`. */
function rowsWithBelief(belief: number, moments: number, symbols: number): JudgedRows {
  const random = seededRandom(5);
  const ups = Array.from({ length: moments }, () => Number(random() < 0.5));
  const label = ups.flatMap((up) => new Array<number>(symbols).fill(up));
  const guess = ups.flatMap((up) =>
    new Array<number>(symbols).fill(random() < 0.5 ? up : Number(random() < 0.5)),
  );
  const rows = judged(
    guess.map((up) => 0.5 + belief * (up - 0.5)),
    label,
  );
  return { ...rows, time: rows.time.map((row) => Math.floor(row / symbols)) };
}

describe('the metrics of the prediction', () => {
  it('the Brier score is the mean squared error, its skill what the base rate leaves', () => {
    const { brier, baselineBrier, brierSkill, samples } = computeMetrics(judged([0.9, 0.2, 0.6], [1, 0, 0]));
    assertClose(brier, (0.01 + 0.04 + 0.36) / 3, 1e-15);
    assert.equal(baselineBrier, 0.25);
    assertClose(brierSkill, 1 - brier / 0.25, 1e-15);
    assert.equal(samples, 3);
  });

  it('the log loss is the mean surprise', () => {
    const { logLoss } = computeMetrics(judged([0.9, 0.2], [1, 0]));
    assertClose(logLoss, -(Math.log(0.9) + Math.log(0.8)) / 2, 1e-12);
  });

  it('the AUC counts the pairs in the right order, equal ones as half', () => {
    const auc = (scores: readonly number[], labels: readonly number[]) =>
      computeAuc(Float64Array.from(scores), Uint8Array.from(labels));
    assert.equal(auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]), 0.75);
    assert.equal(auc([1, 2, 3, 4], [0, 0, 1, 1]), 1);
    assert.equal(auc([4, 3, 2, 1], [0, 0, 1, 1]), 0);
    assert.equal(auc([7, 7, 7], [0, 1, 1]), 0.5);
    assert.equal(auc([1, 2, 2, 3], [0, 1, 0, 1]), 0.875);
    assert.equal(auc([1, 2], [1, 1]), 0.5);
  });

  it('a base rate that moves with the folds is no ranking', () => {
    const rows = judged([0.3, 0.3, 0.7, 0.7], [0, 0, 1, 1]);
    assert.equal(computeMetrics(rows).auc, 1);
    assert.equal(computeMetrics({ ...rows, baseline: rows.probability }).auc, 0.5);
  });

  it('the reliability table tells how often each probability came true', () => {
    const bins = computeReliability(judged([0.05, 0.52, 0.58, 0.5, 1], [0, 1, 0, 1, 1]));
    assert.equal(bins.length, 10);
    assert.deepEqual(bins[0], { from: 0, to: 0.1, samples: 1, meanProbability: 0.05, observedRate: 0 });
    assert.deepEqual([bins[5]?.samples, bins[5]?.observedRate], [3, 2 / 3]);
    assertClose(bins[5]?.meanProbability ?? null, 1.6 / 3, 1e-12);
    assert.deepEqual([bins[9]?.samples, bins[9]?.observedRate], [1, 1]);
    assert.deepEqual(bins[3], { from: 0.3, to: 0.4, samples: 0, meanProbability: null, observedRate: null });
  });

  // M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, table 26.10.
  it("Student's t has the quantiles of the tables", () => {
    const table: readonly (readonly [number, number, number])[] = [
      [0.975, 7, 2.365],
      [0.995, 7, 3.499],
      [0.995, 10, 3.169],
      [0.975, 29, 2.045],
      [0.995, 29, 2.756],
    ];
    for (const [probability, degrees, expected] of table) {
      assertClose(studentQuantile(probability, degrees), expected, 2e-3);
    }
  });

  it('the skill of a real belief is above zero with confidence, that of a blind one is not', () => {
    const real = computeSkillInterval(rowsWithBelief(0.5, 600, 2), 20);
    assert.ok(real !== null && real.low > 0, `low end ${real?.low}`);
    const { brierSkill } = computeMetrics(rowsWithBelief(0.5, 600, 2));
    assertClose((real.low + real.high) / 2, brierSkill, 1e-12);
    const blind = rowsWithBelief(0.5, 600, 2);
    const shuffled = { ...blind, probability: blind.probability.toReversed() };
    assert.ok((computeSkillInterval(shuffled, 20)?.low ?? 0) < 0);
  });

  it('symbols that move together are no further evidence', () => {
    const [one, many] = [1, 20].map((symbols) => computeSkillInterval(rowsWithBelief(0.5, 400, symbols), 20));
    assertClose(many?.low ?? null, one?.low ?? Number.NaN, 1e-12);
    assert.equal(many?.blocks, 20);
  });

  it('there is no confidence in a stretch of time that is too short', () => {
    assert.equal(computeSkillInterval(rowsWithBelief(0.9, 100, 50), 24), null);
  });

  it('a model that says the base rate has no skill at all, and no edge', () => {
    const rows = judged(new Array(400).fill(0.5), [...rowsWithBelief(0, 400, 1).label]);
    const interval = computeSkillInterval(rows, 20);
    assert.deepEqual([interval?.low, interval?.high], [0, 0]);
  });
});
