/**
 * A small, fast generator whose stream is fixed by its keys: the same keys give the same numbers in every process, so any part of the
 * simulated market can be made on its own.
 *
 * @see mulberry32 by Tommy Ettinger; murmur3's finaliser by Austin Appleby
 */
export class SeededRandom {
  #state: number;
  #spareNormal: number | null = null;

  constructor(...keys: readonly number[]) {
    this.#state = keys.reduce((hash, key) => mix(hash ^ mix(key + 0x9e3779b9)), 0x2545f491);
  }

  /** Uniform in (0, 1): never 0, so that its logarithm is finite. */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return (((bits ^ (bits >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -Math.log(this.uniform());
  }

  /** Standard normal (Box–Muller). */
  normal(): number {
    const spare = this.#spareNormal;
    if (spare !== null) {
      this.#spareNormal = null;
      return spare;
    }
    const radius = Math.sqrt(2 * this.exponential());
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** Symmetric with unit variance and heavier tails than the normal: `z·(1 + z²/10)`, scaled. */
  heavyTailed(): number {
    const z = this.normal();
    return (z * (1 + 0.1 * z * z)) / Math.sqrt(1.75);
  }
}

/** A key of {@link SeededRandom} from a text (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
