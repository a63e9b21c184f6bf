import { assertPeriod } from '../column.ts';
import { relativeStrength } from '../rsi.ts';
import { positivePart, wilderSmoothing } from '../wilder.ts';
import { ExponentialAverage } from './exponential-average.ts';
import { StreamingCore } from './streaming-core.ts';

/** Streaming form of `computeRsi`. */
export class Rsi extends StreamingCore<number, number> {
  readonly warmup: number;
  readonly #gain: ExponentialAverage;
  readonly #loss: ExponentialAverage;
  #previousClose: number | null = null;
  #close: number | null = null;

  /** @throws RangeError when the period is not a positive integer */
  constructor(period = 14) {
    super();
    assertPeriod(period);
    this.warmup = period + 1;
    this.#gain = new ExponentialAverage(wilderSmoothing(period));
    this.#loss = new ExponentialAverage(wilderSmoothing(period));
  }

  protected advance(): void {
    this.#previousClose = this.#close;
    if (this.#previousClose === null) return;
    this.#gain.advance();
    this.#loss.advance();
  }

  protected evaluate(close: number): number | null {
    this.#close = close;
    if (this.#previousClose === null) return null;
    const change = close - this.#previousClose;
    const gain = this.#gain.evaluate(positivePart(change));
    const loss = this.#loss.evaluate(positivePart(-change));
    return gain === null || loss === null ? null : relativeStrength(gain, loss);
  }
}
