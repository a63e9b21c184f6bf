export type TickRounding = 'nearest' | 'down' | 'up';

const ROUND = { nearest: Math.round, down: Math.floor, up: Math.ceil } as const;

/** Rounding errors of the division below this share of a tick do not push a price to the next tick. */
const TICK_TOLERANCE = 1e-6;
/** Significant digits a double surely carries; drops the tail that `3 · 0.1` would leave. */
const SURE_DIGITS = 15;

/** A price on the market's tick; unchanged when the tick is not known (`null`). */
export function roundToTick(price: number, tickSize: number | null, rounding: TickRounding): number {
  if (tickSize === null || !(tickSize > 0)) return price;
  const ticks = price / tickSize;
  const nearest = Math.round(ticks);
  const whole = Math.abs(ticks - nearest) <= TICK_TOLERANCE ? nearest : ROUND[rounding](ticks);
  return Number((whole * tickSize).toPrecision(SURE_DIGITS));
}
