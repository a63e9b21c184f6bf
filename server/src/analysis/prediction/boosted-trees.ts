import { type DecisionTree, readTree } from './decision-tree.ts';
import { computeFeatureBins, type FeatureBins } from './feature-bins.ts';
import type { FeatureColumns } from './feature-matrix.ts';
import { type GrownTree, growTree, type LossDerivatives, type TreeOptions } from './grow-tree.ts';
import type { TrainingRows } from './logistic-regression.ts';
import { seededRandom } from './seeded-random.ts';

/** Trained gradient-boosted trees: plain numbers, so that they survive JSON. */
export interface BoostedTreesModel {
  readonly family: 'trees';
  /** Log odds of the base rate, to which the trees add. */
  readonly start: number;
  readonly trees: readonly DecisionTree[];
  /** Share of the saved loss that each feature's splits account for, 0–1; all 0 when no tree splits. */
  readonly importances: readonly number[];
}

export interface BoostedTreesOptions extends Partial<TreeOptions> {
  /** Default 60. */
  readonly trees?: number;
  /** Most rows a tree is grown on, drawn anew for each. Default 40,000. */
  readonly rowsPerTree?: number;
  /** Share of the rows a tree is grown on when there are fewer, 0–1. Default 0.5. */
  readonly rowShare?: number;
  /** Default 1. */
  readonly seed?: number;
}

const DEFAULTS: Required<BoostedTreesOptions> = {
  trees: 60,
  depth: 3,
  shrinkage: 0.08,
  l2: 1,
  minLeafShare: 0.01,
  rowsPerTree: 40_000,
  rowShare: 0.5,
  seed: 1,
};

/**
 * Gradient boosting of log loss: each tree is grown on the derivatives that the ones before it left, over binned features. The same
 * rows and seed give the same trees. Needs at least one row of either label.
 * @see J. H. Friedman, Greedy Function Approximation: A Gradient Boosting Machine, 2001; Stochastic Gradient Boosting, 2002
 */
export function trainBoostedTrees(
  training: TrainingRows,
  options: BoostedTreesOptions = {},
): BoostedTreesModel {
  const settings = { ...DEFAULTS, ...options };
  const random = seededRandom(settings.seed);
  const { rows } = training;
  const label = Uint8Array.from(rows, (row) => training.label[row] ?? 0);
  const bins = computeFeatureBins(training.features, rows);
  const rate = label.reduce((sum, value) => sum + value, 0) / label.length;
  const start = Math.log(rate / (1 - rate));
  const logOdds = new Float64Array(rows.length).fill(start);
  const derivatives = { gradient: new Float64Array(rows.length), curvature: new Float64Array(rows.length) };
  const drawn = Math.min(settings.rowShare, settings.rowsPerTree / rows.length);
  const gains = new Float64Array(bins.width);
  const trees = Array.from({ length: settings.trees }, () => {
    const chosen = drawRows(rows.length, drawn, random);
    updateDerivatives(derivatives, logOdds, { label, rows: chosen });
    const grown = growTree(bins, derivatives, { rows: chosen, options: settings });
    addTree(logOdds, bins, grown);
    grown.gains.forEach((gain, feature) => {
      gains[feature] = (gains[feature] ?? 0) + gain;
    });
    return grown.tree;
  });
  return { family: 'trees', start, trees, importances: shares(gains) };
}

/** Log odds of one row of the columns. */
export function scoreTrees(
  { start, trees }: BoostedTreesModel,
  features: FeatureColumns,
  row: number,
): number {
  let sum = start;
  for (const tree of trees) sum += readTree(tree, features, row);
  return sum;
}

/** Each row with the given probability, in order. */
function drawRows(length: number, share: number, random: () => number): Uint32Array {
  const drawn = new Uint32Array(length);
  let count = 0;
  for (let row = 0; row < length; row += 1) {
    drawn[count] = row;
    count += Number(random() < share);
  }
  return drawn.slice(0, count);
}

function updateDerivatives(
  { gradient, curvature }: LossDerivatives,
  logOdds: Float64Array,
  { label, rows }: { readonly label: Uint8Array; readonly rows: Uint32Array },
): void {
  for (const row of rows) {
    const probability = 1 / (1 + Math.exp(-(logOdds[row] ?? 0)));
    gradient[row] = probability - (label[row] ?? 0);
    curvature[row] = probability * (1 - probability);
  }
}

function addTree(logOdds: Float64Array, { codes, width }: FeatureBins, { tree, bin }: GrownTree): void {
  const { feature, left, value } = tree;
  for (let row = 0; row < logOdds.length; row += 1) {
    let node = 0;
    let asked = feature[0] ?? null;
    while (asked !== null) {
      const goesRight = (codes[row * width + asked] ?? 0) > (bin[node] ?? 0);
      node = (left[node] ?? 0) + Number(goesRight);
      asked = feature[node] ?? null;
    }
    logOdds[row] = (logOdds[row] ?? 0) + (value[node] ?? 0);
  }
}

function shares(gains: Float64Array): number[] {
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  return Array.from(gains, (gain) => (total > 0 ? gain / total : 0));
}
