import type { FeatureColumns } from './feature-matrix.ts';
import { evaluateLogistic, type LogisticLoss } from './logistic-loss.ts';
import { solvePositive } from './solve-positive.ts';
import { computeStandardization, type Standardization, standardize } from './standardization.ts';

/** A trained logistic regression: plain numbers, so that it survives JSON. */
export interface LogisticModel {
  readonly family: 'logistic';
  readonly intercept: number;
  /** Change of the log odds per standard deviation, one per feature. */
  readonly coefficients: readonly number[];
  readonly standardization: Standardization;
}

export interface LogisticOptions {
  /** Weight of the penalty `l2 / 2 · Σ coefficient²` beside the mean loss of a row; the intercept is free. Default 0.05. */
  readonly l2?: number;
  /** Standard deviations beyond which a feature counts no more; `null` for no limit. Default 4. */
  readonly clip?: number | null;
}

export interface TrainingRows {
  readonly features: FeatureColumns;
  /** 1 or 0 for each row of the columns. */
  readonly label: Uint8Array;
  /** Rows to learn from. */
  readonly rows: Uint32Array;
}

const MOST_STEPS = 50;
/** In log odds per standard deviation. Steps shrink quadratically, so what is left after one of this size is far smaller. */
const SMALLEST_STEP = 1e-6;

/**
 * Minimises the mean log loss plus the penalty by Newton's method over standardised features. A step that would raise the loss is
 * halved, so the loss never grows. Of very many rows the curvature is
 * that of some, which takes a step or two more and ends at the same place. Deterministic; needs at least one row.
 * @see D. W. Hosmer, S. Lemeshow, Applied Logistic Regression, 2000
 */
export function trainLogistic(training: TrainingRows, options: LogisticOptions = {}): LogisticModel {
  const { l2 = 0.05, clip = 4 } = options;
  const standardization = computeStandardization(training.features, training.rows, clip);
  const problem = { ...training, standardization, l2 };
  let best = evaluateLogistic(problem, new Float64Array(training.features.length + 1));
  let step = newtonStep(best);
  for (let count = 0; count < MOST_STEPS && largest(step) > SMALLEST_STEP; count += 1) {
    const next = evaluateLogistic(
      problem,
      best.weights.map((weight, i) => weight - (step[i] ?? 0)),
    );
    if (next.loss <= best.loss) {
      best = next;
      step = newtonStep(best);
    } else step = step.map((part) => part / 2);
  }
  const [intercept = 0, ...coefficients] = best.weights;
  return { family: 'logistic', intercept, coefficients, standardization };
}

/** Log odds of one row of the columns. */
export function scoreLogistic(model: LogisticModel, features: FeatureColumns, row: number): number {
  let sum = model.intercept;
  for (let i = 0; i < model.coefficients.length; i += 1) {
    const value = features[i]?.[row] ?? Number.NaN;
    sum += (model.coefficients[i] ?? 0) * standardize(model.standardization, i, value);
  }
  return sum;
}

function newtonStep({ curvature, gradient }: LogisticLoss): Float64Array {
  return solvePositive(curvature, gradient);
}

function largest(step: Float64Array): number {
  return step.reduce((most, part) => Math.max(most, Math.abs(part)), 0);
}
