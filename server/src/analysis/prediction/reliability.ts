import type { JudgedRows } from './prediction-metrics.ts';

/** One row of the reliability table: of all times such a probability was given, how often did it come true? */
export interface ReliabilityBin {
  /** Probabilities from here … */
  readonly from: number;
  /** … to below here (the last bin holds 1 as well). */
  readonly to: number;
  readonly samples: number;
  /** `null` in an empty bin. */
  readonly meanProbability: number | null;
  /** Share that went up; `null` in an empty bin. */
  readonly observedRate: number | null;
}

const BINS = 10;

/** Ten bins of equal width over 0–1. */
export function computeReliability({
  probability,
  label,
}: Pick<JudgedRows, 'probability' | 'label'>): ReliabilityBin[] {
  const bins = Array.from({ length: BINS }, () => ({ samples: 0, sum: 0, ups: 0 }));
  for (let row = 0; row < label.length; row += 1) {
    const chance = probability[row] ?? Number.NaN;
    const bin = bins[Math.min(BINS - 1, Math.floor(chance * BINS))];
    if (!bin) continue;
    bin.samples += 1;
    bin.sum += chance;
    bin.ups += label[row] ?? 0;
  }
  return bins.map(({ samples, sum, ups }, index) => ({
    from: index / BINS,
    to: (index + 1) / BINS,
    samples,
    meanProbability: samples > 0 ? sum / samples : null,
    observedRate: samples > 0 ? ups / samples : null,
  }));
}
