import type { DecisionTree } from './decision-tree.ts';
import { type FeatureBins, MOST_BINS } from './feature-bins.ts';
import {
  addToHistogram,
  findBestSplit,
  type LossSums,
  type Split,
  subtractHistogram,
} from './split-histogram.ts';

/** First and second derivative of each row's loss by its log odds, in the order of the bins' rows. */
export interface LossDerivatives {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

export interface TreeOptions {
  readonly depth: number;
  /** Added to the curvature of a leaf: holds back the values of small leaves. */
  readonly l2: number;
  /** Share of the curvature (of the rows, nearly) that a leaf needs, 0–1. */
  readonly minLeafShare: number;
  /** Factor of every leaf's value. */
  readonly shrinkage: number;
}

export interface GrownTree {
  readonly tree: DecisionTree;
  /** The bin up to which a row goes left, for each node; 0 at a leaf. */
  readonly bin: readonly number[];
  /** Loss saved by the splits of each feature. */
  readonly gains: Float64Array;
}

interface Growth {
  readonly bins: FeatureBins;
  readonly derivatives: LossDerivatives;
  readonly options: TreeOptions;
  readonly minCurvature: number;
  readonly gains: Float64Array;
  readonly feature: (number | null)[];
  readonly threshold: number[];
  readonly bin: number[];
  readonly left: number[];
  readonly value: number[];
}

interface Branch {
  readonly node: number;
  readonly depth: number;
  /** Rows of the branch; reordered as it is split. */
  readonly rows: Uint32Array;
  readonly histogram: Float64Array;
  readonly sums: LossSums;
}

/** Grows one tree on the given rows (places in the bins; reordered) by the splits that save most loss. */
export function growTree(
  bins: FeatureBins,
  derivatives: LossDerivatives,
  { rows, options }: { readonly rows: Uint32Array; readonly options: TreeOptions },
): GrownTree {
  const sums = sumRows(derivatives, rows);
  const growth: Growth = {
    bins,
    derivatives,
    options,
    minCurvature: options.minLeafShare * sums.curvature,
    gains: new Float64Array(bins.width),
    feature: [],
    threshold: [],
    bin: [],
    left: [],
    value: [],
  };
  const histogram = histogramOf(growth, rows);
  grow(growth, { node: addNode(growth), depth: 0, rows, histogram, sums });
  const { feature, threshold, left, value, bin, gains } = growth;
  return { tree: { feature, threshold, left, value }, bin, gains };
}

function sumRows({ gradient, curvature }: LossDerivatives, rows: Uint32Array): LossSums {
  const sums = { gradient: 0, curvature: 0 };
  for (const row of rows) {
    sums.gradient += gradient[row] ?? 0;
    sums.curvature += curvature[row] ?? 0;
  }
  return sums;
}

function histogramOf({ bins, derivatives }: Growth, rows: Uint32Array): Float64Array {
  const histogram = new Float64Array(bins.width * MOST_BINS * 2);
  addToHistogram(histogram, bins, { rows, ...derivatives });
  return histogram;
}

function addNode({ feature, threshold, bin, left, value }: Growth): number {
  feature.push(null);
  threshold.push(0);
  bin.push(0);
  left.push(0);
  return value.push(0) - 1;
}

function grow(growth: Growth, branch: Branch): void {
  const { options, minCurvature } = growth;
  const split =
    branch.depth < options.depth
      ? findBestSplit(branch.histogram, branch.sums, { l2: options.l2, minCurvature })
      : null;
  if (split === null) {
    growth.value[branch.node] = leafValue(branch.sums, options);
    return;
  }
  const left = addNode(growth);
  const right = addNode(growth);
  growth.feature[branch.node] = split.feature;
  growth.threshold[branch.node] = growth.bins.edges[split.feature]?.[split.bin] ?? Number.NaN;
  growth.bin[branch.node] = split.bin;
  growth.left[branch.node] = left;
  growth.gains[split.feature] = (growth.gains[split.feature] ?? 0) + split.gain;
  for (const child of divide(growth, branch, split))
    grow(growth, { ...child, node: child.isLeft ? left : right });
}

/** Both children; the histogram of the larger one is what is left of the parent's when the smaller one is taken away. */
function divide(
  growth: Growth,
  branch: Branch,
  split: Split,
): (Omit<Branch, 'node'> & { readonly isLeft: boolean })[] {
  const middle = partition(growth.bins, branch.rows, split);
  const depth = branch.depth + 1;
  const left = { isLeft: true, depth, rows: branch.rows.subarray(0, middle), sums: split.left };
  const right = { isLeft: false, depth, rows: branch.rows.subarray(middle), sums: split.right };
  if (depth === growth.options.depth) {
    return [left, right].map((child) => ({ ...child, histogram: branch.histogram }));
  }
  const [small, large] = left.rows.length < right.rows.length ? [left, right] : [right, left];
  const histogram = histogramOf(growth, small.rows);
  return [
    { ...small, histogram },
    { ...large, histogram: subtractHistogram(branch.histogram, histogram) },
  ];
}

/** Puts the rows that go left before the others; answers how many they are. */
function partition({ codes, width }: FeatureBins, rows: Uint32Array, { feature, bin }: Split): number {
  const others = new Uint32Array(rows.length);
  let left = 0;
  let right = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    if ((codes[row * width + feature] ?? 0) <= bin) {
      rows[left] = row;
      left += 1;
    } else {
      others[right] = row;
      right += 1;
    }
  }
  rows.set(others.subarray(0, right), left);
  return left;
}

function leafValue({ gradient, curvature }: LossSums, { l2, shrinkage }: TreeOptions): number {
  const weight = curvature + l2;
  return weight > 0 ? (-shrinkage * gradient) / weight : 0;
}
