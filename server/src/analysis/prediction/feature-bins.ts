import type { FeatureColumns } from './feature-matrix.ts';

/** Most bins of a feature: prices are too noisy for finer cuts, and histograms of all features then fit into the fastest cache. */
export const MOST_BINS = 32;
/** Rows the edges are taken from. */
const SAMPLE_ROWS = 10_000;

/** Features cut into bins of about equally many rows. */
export interface FeatureBins {
  /** Features. */
  readonly width: number;
  /** Upper edges of all bins but the last, rising, for each feature. */
  readonly edges: readonly Float32Array[];
  /** Bin of each feature, row after row, in the order of the rows given. */
  readonly codes: Uint8Array;
}

/** Bins of the given rows; the edges are quantiles of at most 10,000 of them, evenly chosen. */
export function computeFeatureBins(features: FeatureColumns, rows: Uint32Array): FeatureBins {
  const width = features.length;
  const codes = new Uint8Array(rows.length * width);
  const edges = features.map((column) => findEdges(column, rows));
  for (const [index, column] of features.entries()) {
    const own = edges[index] ?? new Float32Array(0);
    for (let i = 0; i < rows.length; i += 1)
      codes[i * width + index] = binOf(own, column[rows[i] ?? 0] ?? Number.NaN);
  }
  return { width, edges, codes };
}

function findEdges(column: Float32Array, rows: Uint32Array): Float32Array {
  const stride = Math.max(1, Math.ceil(rows.length / SAMPLE_ROWS));
  const sample = new Float32Array(Math.ceil(rows.length / stride));
  for (let i = 0; i < sample.length; i += 1) sample[i] = column[rows[i * stride] ?? 0] ?? Number.NaN;
  sample.sort();
  const edges: number[] = [];
  for (let bin = 1; bin < MOST_BINS; bin += 1) {
    const edge = sample[Math.ceil((bin * sample.length) / MOST_BINS) - 1] ?? Number.NaN;
    if (edge !== edges.at(-1) && edge !== sample.at(-1)) edges.push(edge);
  }
  return Float32Array.from(edges);
}

/** How many edges are below the value. */
function binOf(edges: Float32Array, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
