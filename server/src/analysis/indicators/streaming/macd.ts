import { emaSmoothing } from '../ema.ts';
import { type MacdOptions, macdPeriods } from '../macd.ts';
import { ExponentialAverage } from './exponential-average.ts';
import { StreamingCore } from './streaming-core.ts';

/** In units of price. */
export interface MacdValue {
  readonly line: number;
  readonly signal: number;
  readonly histogram: number;
}

/** Streaming form of `computeMacd`; `null` until all three parts have a value. */
export class Macd extends StreamingCore<number, MacdValue> {
  readonly warmup: number;
  readonly #fast: ExponentialAverage;
  readonly #slow: ExponentialAverage;
  readonly #signal: ExponentialAverage;

  /** @throws RangeError when a period is not a positive integer or `fast` is not below `slow` */
  constructor(options: MacdOptions = {}) {
    super();
    const { fast, slow, signal } = macdPeriods(options);
    this.warmup = slow + signal - 1;
    this.#fast = new ExponentialAverage(emaSmoothing(fast));
    this.#slow = new ExponentialAverage(emaSmoothing(slow));
    this.#signal = new ExponentialAverage(emaSmoothing(signal));
  }

  protected advance(): void {
    this.#fast.advance();
    this.#slow.advance();
    if (this.#slow.isSeeded) this.#signal.advance();
  }

  protected evaluate(close: number): MacdValue | null {
    const fast = this.#fast.evaluate(close);
    const slow = this.#slow.evaluate(close);
    if (fast === null || slow === null) return null;
    const line = fast - slow;
    const signal = this.#signal.evaluate(line);
    return signal === null ? null : { line, signal, histogram: line - signal };
  }
}
