/** How an exponential average starts and how strongly each new value pulls it. */
export interface Smoothing {
  /** Values whose plain mean is the first average. */
  readonly seedLength: number;
  /** Share of the distance to the new value that one step closes, 0–1. */
  readonly weight: number;
}

/**
 * One step of exponential smoothing, `previous + weight · (value − previous)`. In this form a flat series stays flat to
 * the last bit.
 */
export function smooth(previous: number, value: number, weight: number): number {
  return previous + weight * (value - previous);
}

/**
 * The weight of the `count`-th value (from 1): 1/count up to the end of the seed, which makes smoothing a running plain mean, then
 * the smoothing's own.
 */
export function weightAt(count: number, { seedLength, weight }: Smoothing): number {
  return count > seedLength ? weight : 1 / count;
}
