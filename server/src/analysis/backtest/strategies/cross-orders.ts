import { ORDER, type SignalColumns } from '../signal-columns.ts';

/**
 * Orders where `fast` changes to the other side of `slow`: long when it rises above, short when it falls below. Equal values, or none
 * (NaN), are no side: the next side is compared with the last one there was, and the very first is no cross.
 */
export function writeCrossOrders(fast: Float64Array, slow: Float64Array, { order }: SignalColumns): void {
  let side = 0;
  for (let i = 0; i < order.length; i += 1) {
    const distance = (fast[i] ?? Number.NaN) - (slow[i] ?? Number.NaN);
    const next = distance > 0 ? ORDER.long : distance < 0 ? ORDER.short : side;
    if (next !== side && side !== 0) order[i] = next;
    side = next;
  }
}
