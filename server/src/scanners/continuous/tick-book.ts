import { CONTINUOUS_BUFFERS } from '@fast-scanner/shared';

/** A ring of the newest ticks of one symbol. */
interface TickRing {
  readonly times: Float64Array;
  readonly prices: Float64Array;
  /** Ticks ever added. */
  count: number;
}

/** The newest prices of every symbol, in memory of a fixed size. */
export class TickBook {
  readonly #rings = new Map<string, TickRing>();

  /** Ticks held. */
  get size(): number {
    let size = 0;
    for (const { count } of this.#rings.values()) size += Math.min(count, CONTINUOUS_BUFFERS.ticks);
    return size;
  }

  /** Adds a tick unless it is no newer than the last one. */
  add(key: string, time: number, price: number): void {
    const ring = this.#rings.get(key) ?? createRing();
    this.#rings.set(key, ring);
    const last = (ring.count - 1) % CONTINUOUS_BUFFERS.ticks;
    if (ring.count > 0 && time <= (ring.times[last] ?? 0)) return;
    const at = ring.count % CONTINUOUS_BUFFERS.ticks;
    ring.times[at] = time;
    ring.prices[at] = price;
    ring.count += 1;
  }

  /** The newest price; `null` while none is known. */
  price(key: string): number | null {
    const ring = this.#rings.get(key);
    return ring?.prices[(ring.count - 1) % CONTINUOUS_BUFFERS.ticks] ?? null;
  }
}

function createRing(): TickRing {
  const { ticks } = CONTINUOUS_BUFFERS;
  return { times: new Float64Array(ticks), prices: new Float64Array(ticks), count: 0 };
}
