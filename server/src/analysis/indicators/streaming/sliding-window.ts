/** Mean of a window as `reference + offset`, and what its deviation is computed from; see `sliding.ts` and `deviationOf`. */
export interface WindowMoments {
  readonly reference: number;
  readonly offset: number;
  /** Mean of the squared differences to the reference. */
  readonly meanSquare: number;
}

/**
 * The newest `period` values: `advance()` before each new value, `put()` as often as it changes. Statistics go through the window
 * once, in the order of the batch form's blocks: the ring is the block being filled, followed by what is left of the block before.
 */
export class SlidingWindow {
  readonly #values: Float64Array;
  #newest = -1;
  #count = 0;

  constructor(period: number) {
    this.#values = new Float64Array(period);
  }

  get isFull(): boolean {
    return this.#count >= this.#values.length;
  }

  advance(): void {
    this.#newest = (this.#newest + 1) % this.#values.length;
    this.#count += 1;
  }

  put(value: number): void {
    this.#values[this.#newest] = value;
  }

  maximum(): number {
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.#values.length; i += 1)
      highest = Math.max(highest, this.#values[i] ?? Number.NaN);
    return highest;
  }

  minimum(): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#values.length; i += 1) lowest = Math.min(lowest, this.#values[i] ?? Number.NaN);
    return lowest;
  }

  mean(): number {
    const values = this.#values;
    const reference = values[0] ?? Number.NaN;
    let head = 0;
    for (let i = 0; i <= this.#newest; i += 1) head += (values[i] ?? Number.NaN) - reference;
    let tail = 0;
    for (let i = values.length - 1; i > this.#newest; i -= 1) tail += (values[i] ?? Number.NaN) - reference;
    return reference + (head + tail) * (1 / values.length);
  }

  moments(): WindowMoments {
    const values = this.#values;
    const reference = values[0] ?? Number.NaN;
    let head = 0;
    let headSquares = 0;
    for (let i = 0; i <= this.#newest; i += 1) {
      const difference = (values[i] ?? Number.NaN) - reference;
      head += difference;
      headSquares += difference * difference;
    }
    let tail = 0;
    let tailSquares = 0;
    for (let i = values.length - 1; i > this.#newest; i -= 1) {
      const difference = (values[i] ?? Number.NaN) - reference;
      tail += difference;
      tailSquares += difference * difference;
    }
    const share = 1 / values.length;
    return { reference, offset: (head + tail) * share, meanSquare: (headSquares + tailSquares) * share };
  }
}
