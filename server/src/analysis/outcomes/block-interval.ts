import { computeMoments } from '../backtest/moments.ts';
import { studentQuantile } from '../prediction/student-t.ts';
import type { Interval } from './wilson-interval.ts';

const CONFIDENCE = 0.95;
/** Below so many stretches their spread is not known well enough. */
export const FEWEST_BLOCKS = 8;
export const MOST_BLOCKS = 30;

/**
 * Between which values the mean of a figure would be in an endless time, from one figure of each stretch of time: signals of one moment
 * are no independent evidence, however many symbols they are of, but longer stretches hardly depend on each other. `null` for fewer than
 * eight.
 * @see R. Ibragimov, U. K. Müller, t-Statistic Based Correlation and Heterogeneity Robust Inference, 2010
 */
export function computeBlockInterval(figures: Float64Array): Interval | null {
  const blocks = figures.length;
  if (blocks < FEWEST_BLOCKS) return null;
  const { mean, deviation } = computeMoments(figures);
  const margin = studentQuantile((1 + CONFIDENCE) / 2, blocks - 1) * (deviation / Math.sqrt(blocks));
  return { low: mean - margin, high: mean + margin };
}
