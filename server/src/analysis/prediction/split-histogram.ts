import { type FeatureBins, MOST_BINS } from './feature-bins.ts';

/** Sums of the first and second derivatives of a group of rows. */
export interface LossSums {
  readonly gradient: number;
  readonly curvature: number;
}

export interface Split {
  readonly feature: number;
  /** Rows whose bin is up to this go left. */
  readonly bin: number;
  /** Loss saved, in the quadratic approximation. */
  readonly gain: number;
  readonly left: LossSums;
  readonly right: LossSums;
}

export interface SplitLimits {
  readonly l2: number;
  /** Curvature each side needs. */
  readonly minCurvature: number;
}

/** Values of one feature in a histogram: gradient and curvature of each bin. */
const FEATURE_STRIDE = MOST_BINS * 2;
/** A gain below this share of the curvature is rounding. */
const SMALLEST_GAIN = 1e-12;

/** Adds the derivatives of the rows to the bins of every feature. */
export function addToHistogram(
  histogram: Float64Array,
  { codes, width }: FeatureBins,
  data: { readonly rows: Uint32Array; readonly gradient: Float64Array; readonly curvature: Float64Array },
): void {
  const { rows, gradient, curvature } = data;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    const slope = gradient[row] ?? 0;
    const bend = curvature[row] ?? 0;
    const start = row * width;
    for (let feature = 0; feature < width; feature += 1) {
      const place = feature * FEATURE_STRIDE + 2 * (codes[start + feature] ?? 0);
      histogram[place] = (histogram[place] ?? 0) + slope;
      histogram[place + 1] = (histogram[place + 1] ?? 0) + bend;
    }
  }
}

/** Takes a part away from a whole, in place. */
export function subtractHistogram(whole: Float64Array, part: Float64Array): Float64Array {
  for (let i = 0; i < whole.length; i += 1) whole[i] = (whole[i] ?? 0) - (part[i] ?? 0);
  return whole;
}

/**
 * The split that saves most: `½ · (Gl² / (Hl + λ) + Gr² / (Hr + λ) − G² / (H + λ))`. The first one in the order of features and bins
 * when several save the same; `null` when none saves anything within the limits.
 * @see T. Chen, C. Guestrin, XGBoost: A Scalable Tree Boosting System, 2016, equation 7
 */
export function findBestSplit(histogram: Float64Array, sums: LossSums, limits: SplitLimits): Split | null {
  let best: Split | null = null;
  let mostGain = SMALLEST_GAIN * sums.curvature;
  const whole = score(sums.gradient, sums.curvature, limits.l2);
  for (let start = 0; start < histogram.length; start += FEATURE_STRIDE) {
    let gradient = 0;
    let curvature = 0;
    for (let bin = 0; bin < MOST_BINS - 1; bin += 1) {
      const bend = histogram[start + 2 * bin + 1] ?? 0;
      if (bend === 0) continue; // an empty bin cuts where the one before it did
      gradient += histogram[start + 2 * bin] ?? 0;
      curvature += bend;
      const rest = sums.curvature - curvature;
      if (!(curvature > 0 && curvature >= limits.minCurvature)) continue;
      if (!(rest > 0 && rest >= limits.minCurvature)) break;
      const parts = score(gradient, curvature, limits.l2) + score(sums.gradient - gradient, rest, limits.l2);
      const gain = (parts - whole) / 2;
      if (gain <= mostGain) continue;
      mostGain = gain;
      best = {
        feature: start / FEATURE_STRIDE,
        bin,
        gain,
        left: { gradient, curvature },
        right: { gradient: sums.gradient - gradient, curvature: rest },
      };
    }
  }
  return best;
}

function score(gradient: number, curvature: number, l2: number): number {
  return (gradient * gradient) / (curvature + l2);
}
