import type { FeatureColumns } from './feature-matrix.ts';
import { type Standardization, standardize } from './standardization.ts';

export interface LogisticProblem {
  readonly features: FeatureColumns;
  readonly label: Uint8Array;
  readonly rows: Uint32Array;
  readonly standardization: Standardization;
  readonly l2: number;
}

/** The penalised mean log loss at some weights (the intercept first) with its first and second derivatives. */
export interface LogisticLoss {
  readonly weights: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
  /** Row after row, lower triangle. Of about {@link CURVATURE_ROWS} rows, evenly chosen, where there are many more. */
  readonly curvature: Float64Array;
}

/** Rows standardised at a time: small enough to stay in the processor's cache. */
const BLOCK = 256;
/** Rows the curvature is taken from: it only aims the steps, and it costs as much per row as there are pairs of features. */
export const CURVATURE_ROWS = 20_000;

export function evaluateLogistic(problem: LogisticProblem, weights: Float64Array): LogisticLoss {
  const size = weights.length;
  const sums = {
    weights,
    loss: 0,
    gradient: new Float64Array(size),
    curvature: new Float64Array(size * size),
  };
  const block = new Float64Array(BLOCK * size);
  const stride = Math.max(1, Math.floor(problem.rows.length / CURVATURE_ROWS));
  for (let first = 0; first < problem.rows.length; first += BLOCK) {
    const rows = problem.rows.subarray(first, first + BLOCK);
    fillBlock(problem, rows, { block, size });
    for (let i = 0; i < rows.length; i += 1) {
      const row = block.subarray(i * size, (i + 1) * size);
      const { loss, slope } = addRow(sums, row, problem.label[rows[i] ?? 0] === 1);
      sums.loss += loss;
      if ((first + i) % stride === 0) addCurvature(sums.curvature, row, slope);
    }
  }
  return withPenalty(sums, problem, stride);
}

/** Log loss of one row from its log odds, without overflow. */
export function logLossOf(logOdds: number, isUp: boolean): number {
  const against = isUp ? -logOdds : logOdds;
  return against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against));
}

/** The standardised rows, each beginning with the 1 of the intercept. */
function fillBlock(
  { features, standardization }: LogisticProblem,
  rows: Uint32Array,
  { block, size }: { readonly block: Float64Array; readonly size: number },
): void {
  for (let i = 0; i < rows.length; i += 1) block[i * size] = 1;
  for (const [index, column] of features.entries()) {
    for (let i = 0; i < rows.length; i += 1) {
      block[i * size + index + 1] = standardize(standardization, index, column[rows[i] ?? 0] ?? Number.NaN);
    }
  }
}

/** Adds one row to the gradient; answers its loss, and the slope of the probability for the curvature. */
function addRow(
  { weights, gradient }: LogisticLoss,
  row: Float64Array,
  isUp: boolean,
): { readonly loss: number; readonly slope: number } {
  let logOdds = 0;
  for (let i = 0; i < row.length; i += 1) logOdds += (weights[i] ?? 0) * (row[i] ?? 0);
  const probability = 1 / (1 + Math.exp(-logOdds));
  const error = probability - Number(isUp);
  for (let i = 0; i < row.length; i += 1) gradient[i] = (gradient[i] ?? 0) + error * (row[i] ?? 0);
  return { loss: logLossOf(logOdds, isUp), slope: probability * (1 - probability) };
}

function addCurvature(curvature: Float64Array, row: Float64Array, slope: number): void {
  for (let i = 0; i < row.length; i += 1) {
    const scaled = slope * (row[i] ?? 0);
    const start = i * row.length;
    for (let j = 0; j <= i; j += 1)
      curvature[start + j] = (curvature[start + j] ?? 0) + scaled * (row[j] ?? 0);
  }
}

/** Sums become means; the penalty is added to all but the intercept. */
function withPenalty(sums: LogisticLoss, { rows, l2 }: LogisticProblem, stride: number): LogisticLoss {
  const { weights } = sums;
  const size = weights.length;
  const gradient = sums.gradient.map((sum, i) => sum / rows.length + (i > 0 ? l2 * (weights[i] ?? 0) : 0));
  const curvature = sums.curvature.map((sum, place) => {
    const isPenalised = place > 0 && place % (size + 1) === 0;
    return sum / Math.ceil(rows.length / stride) + (isPenalised ? l2 : 0);
  });
  const squares = weights.subarray(1).reduce((sum, weight) => sum + weight * weight, 0);
  return { weights, loss: sums.loss / rows.length + (l2 / 2) * squares, gradient, curvature };
}
