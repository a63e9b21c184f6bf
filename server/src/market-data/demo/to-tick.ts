/** The nearest price a symbol can have, at least one tick. Dividing by a whole power of ten gives the exact decimal. */
export function toTick(price: number, ticksPerUnit: number): number {
  return Math.max(1, Math.round(price * ticksPerUnit)) / ticksPerUnit;
}
