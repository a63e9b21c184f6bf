import { CONTINUOUS_BUFFERS } from '@fast-scanner/shared';

export interface Tick {
  /** Epoch ms UTC. */
  readonly time: number;
  readonly price: number;
}

/** A ring of the newest ticks of one symbol. */
interface TickRing {
  readonly times: Float64Array;
  readonly prices: Float64Array;
  /** Ticks ever added. */
  count: number;
}

/** The newest prices of symbols, in memory of a fixed size. */
export class TickBook {
  readonly #rings = new Map<string, TickRing>();

  /** Ticks held. */
  get size(): number {
    let size = 0;
    for (const { count } of this.#rings.values()) size += Math.min(count, CONTINUOUS_BUFFERS.ticks);
    return size;
  }

  /** Adds a tick unless it is no newer than the last one. */
  add(symbol: string, { time, price }: Tick): void {
    const ring = this.#rings.get(symbol) ?? createRing();
    this.#rings.set(symbol, ring);
    if (ring.count > 0 && time <= newestOf(ring).time) return;
    const at = ring.count % CONTINUOUS_BUFFERS.ticks;
    ring.times[at] = time;
    ring.prices[at] = price;
    ring.count += 1;
  }

  /** `null` while none is known. */
  newest(symbol: string): Tick | null {
    const ring = this.#rings.get(symbol);
    return ring ? newestOf(ring) : null;
  }
}

function newestOf({ times, prices, count }: TickRing): Tick {
  const at = (count - 1) % CONTINUOUS_BUFFERS.ticks;
  return { time: times[at] ?? Number.NaN, price: prices[at] ?? Number.NaN };
}

function createRing(): TickRing {
  const { ticks } = CONTINUOUS_BUFFERS;
  return { times: new Float64Array(ticks), prices: new Float64Array(ticks), count: 0 };
}
