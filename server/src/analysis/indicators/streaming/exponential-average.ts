import { type Smoothing, smooth, weightAt } from '../exponential.ts';

/** The streaming form of `averageInto`: `advance()` before each new value, `evaluate()` as often as that value changes. */
export class ExponentialAverage {
  readonly #smoothing: Smoothing;
  /** Values so far, the newest included. */
  #count = 0;
  /** The average without the newest value. */
  #history = 0;
  #newest = 0;

  constructor(smoothing: Smoothing) {
    this.#smoothing = smoothing;
  }

  /** Whether the newest value completes the seed or comes after it. */
  get isSeeded(): boolean {
    return this.#count >= this.#smoothing.seedLength;
  }

  advance(): void {
    this.#history = this.#newest;
    this.#count += 1;
  }

  evaluate(value: number): number | null {
    this.#newest = smooth(this.#history, value, weightAt(this.#count, this.#smoothing));
    return this.isSeeded ? this.#newest : null;
  }
}
