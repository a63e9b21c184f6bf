/** The value held inside `low … high`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** How far a value has gone from `from` (0) to `to` (1), held inside 0–1. `from` may be the larger one: then falling values rise. */
export function ramp(value: number, from: number, to: number): number {
  return clamp((value - from) / (to - from), 0, 1);
}
