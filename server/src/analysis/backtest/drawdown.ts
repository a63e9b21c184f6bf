import type { EquityCurve } from './equity-curve.ts';

const DAY_MS = 86_400_000;

/** The worst of a curve's falls below its highest value so far. */
export interface Drawdown {
  /** The deepest fall as a share of the peak before it: 0 for none, 1 when all was lost. */
  readonly maxRatio: number;
  /** The longest time from a peak until it was reached again, or until the end; in days of 24 hours. */
  readonly longestDays: number;
  /** The highest value. */
  readonly peak: number;
}

/** Depth and length are each the worst of all falls, so they may be those of different ones. The start counts as a peak. */
export function computeDrawdown({ time, equity, startEquity }: EquityCurve): Drawdown {
  let peak = startEquity;
  let peakTime = time[0] ?? 0;
  let isBelow = false;
  let maxRatio = 0;
  let longestMs = 0;
  for (let i = 0; i < equity.length; i += 1) {
    const value = equity[i] ?? Number.NaN;
    const now = time[i] ?? peakTime;
    if (value < peak || isBelow) longestMs = Math.max(longestMs, now - peakTime);
    isBelow = value < peak;
    if (isBelow) {
      maxRatio = Math.max(maxRatio, 1 - value / peak);
    } else {
      peak = value;
      peakTime = now;
    }
  }
  return { maxRatio, longestDays: longestMs / DAY_MS, peak };
}
