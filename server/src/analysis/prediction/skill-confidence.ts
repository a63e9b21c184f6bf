import { computeMoments } from '../backtest/moments.ts';
import type { JudgedRows } from './prediction-metrics.ts';
import { studentQuantile } from './student-t.ts';

/** Between which values the skill of an endless out-of-sample period would be, with 99 % confidence. */
export interface SkillInterval {
  readonly low: number;
  readonly high: number;
  /** Stretches of time that were compared. */
  readonly blocks: number;
}

/**
 * Two-sided, so chance passes the low end once in two hundred, and once in a hundred with two model families to choose from. Strict,
 * because every timeframe and exchange has its model, and each is trained again and again.
 */
const CONFIDENCE = 0.99;
const MOST_BLOCKS = 30;
/** Below so many stretches their spread is not known well enough. */
const FEWEST_BLOCKS = 8;
/** A stretch lasts as many time limits: most labels are decided long before, so that neighbours have little in common. */
const HORIZONS_PER_BLOCK = 1;

/**
 * Confidence in the Brier skill by blocks of time: rows of one moment and of overlapping labels are no independent evidence, but
 * the mean advantage over the base rate of one stretch of time hardly depends on that of another. Student's t over the stretches;
 * `null` when the judged time is too short for eight of them.
 * @see F. X. Diebold, R. S. Mariano, Comparing Predictive Accuracy, 1995 (the loss differences)
 * @see R. Ibragimov, U. K. Müller, t-Statistic Based Correlation and Heterogeneity Robust Inference, 2010 (few blocks)
 */
export function computeSkillInterval(rows: JudgedRows, horizonCandles: number): SkillInterval | null {
  const moments = countMoments(rows.time);
  const blocks = Math.min(MOST_BLOCKS, Math.floor(moments / (HORIZONS_PER_BLOCK * horizonCandles)));
  if (blocks < FEWEST_BLOCKS) return null;
  const advantage = advantageByBlock(rows, { moments, blocks });
  const { mean, deviation } = computeMoments(advantage);
  const margin = studentQuantile((1 + CONFIDENCE) / 2, blocks - 1) * (deviation / Math.sqrt(blocks));
  const scale = blocks / baselineLoss(rows);
  return { low: (mean - margin) * scale, high: (mean + margin) * scale, blocks };
}

function countMoments(time: Float64Array): number {
  return time.reduce((count, moment, row) => count + Number(moment !== time[row - 1]), 0);
}

/** Squared error of the base rate less that of the model, summed over the rows of each stretch of equally many moments. */
function advantageByBlock(
  { probability, baseline, label, time }: JudgedRows,
  { moments, blocks }: { readonly moments: number; readonly blocks: number },
): Float64Array {
  const sums = new Float64Array(blocks);
  let moment = -1;
  for (let row = 0; row < label.length; row += 1) {
    moment += Number(time[row] !== time[row - 1]);
    const block = Math.floor((moment * blocks) / moments);
    const up = label[row] ?? 0;
    const gained = ((baseline[row] ?? 0) - up) ** 2 - ((probability[row] ?? 0) - up) ** 2;
    sums[block] = (sums[block] ?? 0) + gained;
  }
  return sums;
}

function baselineLoss({ baseline, label }: JudgedRows): number {
  return label.reduce((sum, up, row) => sum + ((baseline[row] ?? 0) - up) ** 2, 0);
}
