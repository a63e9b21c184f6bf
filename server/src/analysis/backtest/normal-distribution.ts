const DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);
/** Beyond this a probability differs from 0 or 1 by less than a double can say. */
const FARTHEST = 8.5;

function density(z: number): number {
  return DENSITY_AT_ZERO * Math.exp(-0.5 * z * z);
}

/**
 * Probability that a standard normal value is below `z`, to about 1e-15.
 * @see G. Marsaglia, Evaluating the Normal Distribution, 2004 (the series `φ(z) · (z + z³/3 + z⁵/(3·5) + …)`)
 */
export function normalProbability(z: number): number {
  if (z < -FARTHEST) return 0;
  if (z > FARTHEST) return 1;
  let term = z;
  let sum = z;
  for (let divisor = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); divisor += 2) {
    term *= (z * z) / divisor;
    sum += term;
  }
  return 0.5 + density(z) * sum;
}

/** The `z` below which a standard normal value is with this probability, by bisection; ±Infinity at 0 and 1. */
export function normalQuantile(probability: number): number {
  if (probability <= 0) return Number.NEGATIVE_INFINITY;
  if (probability >= 1) return Number.POSITIVE_INFINITY;
  let [low, high] = [-FARTHEST, FARTHEST];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalProbability(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
