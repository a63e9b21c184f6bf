/** Between which shares the true one lies. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard normal deviate of a two-sided 95 % interval. */
export const Z_95 = 1.959963984540054;

/**
 * Wilson score interval of a share, 95 % by default: holds its confidence for few trials and for shares near 0 and 1. `successes` may be a
 * fraction, for trials that are counted by less than one. `trials` is above 0.
 * @see E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927
 * @see R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998 (method 3)
 */
export function computeWilsonInterval(successes: number, trials: number, z = Z_95): Interval {
  const share = successes / trials;
  const squared = z ** 2;
  const centre = share + squared / (2 * trials);
  const margin = z * Math.sqrt((share * (1 - share)) / trials + squared / (4 * trials ** 2));
  const scale = 1 + squared / trials;
  return {
    low: share === 0 ? 0 : Math.max(0, (centre - margin) / scale),
    high: share === 1 ? 1 : Math.min(1, (centre + margin) / scale),
  };
}
