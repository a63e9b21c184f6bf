import type { ReliabilityBin, ScorecardBin } from '@fast-scanner/client';

/** Predictions of about the same probability, and how often the price rose then. Shares 0–1. */
export interface ReliabilityPoint {
  /** "40–50 %" */
  readonly range: string;
  readonly n: number;
  readonly probability: number;
  readonly share: number;
  /** Wilson interval of the share; `null` when none is told. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** The bins of a scorecard that hold predictions. */
export function scorecardPoints(bins: readonly ScorecardBin[]): readonly ReliabilityPoint[] {
  return bins.flatMap(({ from, to, n, mean_probability, share_up, interval }) =>
    mean_probability === null || share_up === null
      ? []
      : [{ range: rangeText(from, to), n, probability: mean_probability, share: share_up, interval }],
  );
}

/** The bins of a model that hold samples. */
export function modelPoints(bins: readonly ReliabilityBin[]): readonly ReliabilityPoint[] {
  return bins.flatMap(({ from, to, samples, meanProbability, observedRate }) =>
    meanProbability === null || observedRate === null
      ? []
      : [
          {
            range: rangeText(from, to),
            n: samples,
            probability: meanProbability,
            share: observedRate,
            interval: null,
          },
        ],
  );
}

function rangeText(from: number, to: number): string {
  return `${Math.round(from * 100)}–${Math.round(to * 100)} %`;
}
