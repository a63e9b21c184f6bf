/** Bins to aim at: enough to see a shape, few enough to read. */
const BINS = 24;

export interface Histogram {
  /** Edges of the bins, one more than `counts`; all multiples of a round step. */
  readonly edges: number[];
  readonly counts: number[];
}

/** How values are spread, in bins of a round width (1, 2 or 5 times a power of ten). No values: no bins. */
export function computeHistogram(values: readonly number[]): Histogram {
  if (values.length === 0) return { edges: [], counts: [] };
  const min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const step = roundStep((max - min) / BINS);
  const first = Math.floor(min / step);
  const bins = Math.max(1, Math.floor(max / step) - first + 1);
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(value / step) - first);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edges = Array.from({ length: bins + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { edges, counts };
}

/** The smallest round number that is not below the width; 1 for values that are all the same. */
function roundStep(width: number): number {
  if (!(width > 0)) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 5, 10].find((one) => one * magnitude >= width) ?? 10;
  return factor * magnitude;
}
