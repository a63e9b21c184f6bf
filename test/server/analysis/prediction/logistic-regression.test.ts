import assert from 'node:assert/strict';
import {
  CURVATURE_ROWS,
  evaluateLogistic,
  logLossOf,
} from '@fast-scanner/server/analysis/prediction/logistic-loss.ts';
import {
  type LogisticModel,
  scoreLogistic,
  type TrainingRows,
  trainLogistic,
} from '@fast-scanner/server/analysis/prediction/logistic-regression.ts';
import { solvePositive } from '@fast-scanner/server/analysis/prediction/solve-positive.ts';
import fc from 'fast-check';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { trainingRows } from './support/training-rows.ts';

/** Launch temperature (°F) of 23 shuttle flights and whether an O-ring was damaged. */
const TEMPERATURE = [
  66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58,
];
const DAMAGED = [0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1];

/** 32 students: grade point average, test score, taught by the new method or not, and whether their grade improved. */
const GRADE_POINTS = [
  2.66, 2.89, 3.28, 2.92, 4, 2.86, 2.76, 2.87, 3.03, 3.92, 2.63, 3.32, 3.57, 3.26, 3.53, 2.74, 2.75, 2.83,
  3.12, 3.16, 2.06, 3.62, 2.89, 3.51, 3.54, 2.83, 3.39, 2.67, 3.65, 4, 3.1, 2.39,
];
const TEST_SCORE = [
  20, 22, 24, 12, 21, 17, 17, 21, 25, 29, 20, 23, 23, 25, 26, 19, 25, 19, 23, 25, 22, 28, 14, 26, 24, 27, 17,
  24, 21, 23, 21, 19,
];
const NEW_METHOD = [...new Array(18).fill(0), ...new Array(14).fill(1)];
const IMPROVED = [
  0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1,
];

const PLAIN = { l2: 0, clip: null };

/** Coefficients in the units of the features, the intercept first. */
function inUnits({ intercept, coefficients, standardization }: LogisticModel): number[] {
  const slopes = coefficients.map((value, i) => value / (standardization.deviations[i] ?? Number.NaN));
  const shift = slopes.reduce((sum, slope, i) => sum + slope * (standardization.means[i] ?? Number.NaN), 0);
  return [intercept - shift, ...slopes];
}

function assertAllClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => {
    assertClose(value, expected[i] ?? null, tolerance);
  });
}

function randomRows(seed: number, count = 60): TrainingRows {
  const random = seededRandom(seed);
  const columns = [0, 1, 2].map(() => Array.from({ length: count }, () => 10 * random() - 5));
  const label = Array.from({ length: count }, (_, i) => Number((columns[0]?.[i] ?? 0) + 4 * random() > 2));
  return trainingRows(columns, label);
}

describe('the logistic regression', () => {
  // A. Agresti, Categorical Data Analysis, 3rd edition, exercise 5.8: logit = 15.043 − 0.2322 · temperature.
  it('has the published coefficients of the O-ring data', () => {
    const model = trainLogistic(trainingRows([TEMPERATURE], DAMAGED), PLAIN);
    assertAllClose(inUnits(model), [15.0429, -0.2322], 1e-4);
  });

  // W. H. Greene, Econometric Analysis, the data of Spector and Mazzeo (1980): coefficients and log likelihood of the logit model.
  it('has the published coefficients and likelihood of the teaching data', () => {
    const training = trainingRows([GRADE_POINTS, TEST_SCORE, NEW_METHOD], IMPROVED);
    const model = trainLogistic(training, PLAIN);
    assertAllClose(inUnits(model), [-13.0213, 2.8261, 0.0952, 2.3787], 1e-4);
    const loss = IMPROVED.reduce(
      (sum, up, row) => sum + logLossOf(scoreLogistic(model, training.features, row), up === 1),
      0,
    );
    assertClose(loss, 12.8896, 1e-4);
  });

  it('ends where the penalised loss has no slope, and no other weights are better', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        (seed, l2) => {
          const training = randomRows(seed);
          fc.pre(new Set(training.label).size === 2);
          const model = trainLogistic(training, { l2 });
          const problem = { ...training, standardization: model.standardization, l2 };
          const weights = Float64Array.of(model.intercept, ...model.coefficients);
          const { loss, gradient } = evaluateLogistic(problem, weights);
          for (const slope of gradient) assertClose(slope, 0, 1e-6);
          const random = seededRandom(seed);
          const others = weights.map((weight) => weight + 0.2 * (random() - 0.5));
          assert.ok(evaluateLogistic(problem, others).loss >= loss);
        },
      ),
      PROPERTY_RUNS,
    );
  });

  it('ends there also with so many rows that the curvature is that of some', () => {
    const training = randomRows(2, 3 * CURVATURE_ROWS);
    const model = trainLogistic(training, { l2: 0.05 });
    const problem = { ...training, standardization: model.standardization, l2: 0.05 };
    const { gradient } = evaluateLogistic(problem, Float64Array.of(model.intercept, ...model.coefficients));
    for (const slope of gradient) assertClose(slope, 0, 1e-6);
  });

  it('the derivatives of its loss are those of small differences', () => {
    const problem = {
      ...randomRows(7),
      standardization: { means: [0, 1, 0], deviations: [1, 2, 3], clip: null },
      l2: 0.1,
    };
    const weights = Float64Array.of(0.2, -0.3, 0.4, 0.1);
    const { gradient, curvature } = evaluateLogistic(problem, weights);
    const step = 1e-5;
    const at = (index: number, change: number) =>
      evaluateLogistic(
        problem,
        weights.map((weight, i) => weight + (i === index ? change : 0)),
      );
    for (let i = 0; i < weights.length; i += 1) {
      const [above, below] = [at(i, step), at(i, -step)];
      assertClose(gradient[i] ?? null, (above.loss - below.loss) / (2 * step), 1e-8);
      for (let j = i; j < weights.length; j += 1) {
        const bend = ((above.gradient[j] ?? 0) - (below.gradient[j] ?? 0)) / (2 * step);
        assertClose(curvature[j * weights.length + i] ?? null, bend, 1e-8);
      }
    }
  });

  it('a stronger penalty makes smaller coefficients', () => {
    const sizes = [0, 0.1, 1, 10].map((l2) => {
      const { coefficients } = trainLogistic(randomRows(3), { l2 });
      return Math.hypot(...coefficients);
    });
    assert.deepEqual(
      sizes,
      sizes.toSorted((left, right) => right - left),
    );
  });

  it('does not care for the units of its features', () => {
    const metric = trainLogistic(
      trainingRows([TEMPERATURE.map((degrees) => ((degrees - 32) * 5) / 9)], DAMAGED),
    );
    const imperial = trainLogistic(trainingRows([TEMPERATURE], DAMAGED));
    assertAllClose(metric.coefficients, imperial.coefficients, 1e-6);
    assertClose(metric.intercept, imperial.intercept, 1e-6);
  });

  it('a feature that never varies has no say, also when it varies later', () => {
    const model = trainLogistic(trainingRows([TEMPERATURE, TEMPERATURE.map(() => 4)], DAMAGED));
    assert.equal(model.coefficients[1], 0);
  });

  it('data it can separate leaves it finite', () => {
    const { intercept, coefficients } = trainLogistic(trainingRows([[1, 2, 3, 4]], [0, 0, 1, 1]));
    assert.ok(Number.isFinite(intercept) && Number.isFinite(coefficients[0]));
  });

  it('values far outside count no more than the limit', () => {
    const training = trainingRows([[...TEMPERATURE, 1e6, 1e9]], [...DAMAGED, 0, 1]);
    const rows = Uint32Array.from(DAMAGED.keys());
    const model = trainLogistic({ ...training, rows }, { clip: 4 });
    const [far, farther] = [23, 24].map((row) => scoreLogistic(model, training.features, row));
    assert.equal(far, farther);
  });

  it('survives JSON', () => {
    const training = trainingRows([TEMPERATURE], DAMAGED);
    const model = trainLogistic(training);
    const copy: unknown = JSON.parse(JSON.stringify(model));
    assert.deepEqual(copy, model);
  });

  it('solves the equations of a positive matrix', () => {
    const solution = solvePositive(Float64Array.of(4, 0, 0, 2, 5, 0, 1, 3, 6), Float64Array.of(11, 21, 25));
    assertAllClose([...solution], [1, 2, 3], 1e-12);
  });
});
