import type { Candle } from '../candle.ts';
import { assertPeriod } from '../column.ts';
import { directionalIndex, directionalIndicator, directionalMovement } from '../directional.ts';
import { trueRange, wilderSmoothing } from '../wilder.ts';
import { ExponentialAverage } from './exponential-average.ts';
import { StreamingCore } from './streaming-core.ts';

type Input = Pick<Candle, 'high' | 'low' | 'close'>;

/** All 0–100. */
export interface AdxValue {
  readonly adx: number;
  readonly plusDi: number;
  readonly minusDi: number;
}

/** Streaming form of `computeAdx`; `null` until ADX has a value. */
export class Adx extends StreamingCore<Input, AdxValue> {
  readonly warmup: number;
  readonly #range: ExponentialAverage;
  readonly #plus: ExponentialAverage;
  readonly #minus: ExponentialAverage;
  readonly #dx: ExponentialAverage;
  #previous: Input | null = null;
  #newest: Input | null = null;

  /** @throws RangeError when the period is not a positive integer */
  constructor(period = 14) {
    super();
    assertPeriod(period);
    const smoothing = wilderSmoothing(period);
    this.warmup = 2 * period;
    this.#range = new ExponentialAverage(smoothing);
    this.#plus = new ExponentialAverage(smoothing);
    this.#minus = new ExponentialAverage(smoothing);
    this.#dx = new ExponentialAverage(smoothing);
  }

  protected advance(): void {
    this.#previous = this.#newest;
    if (this.#previous === null) return;
    this.#range.advance();
    this.#plus.advance();
    this.#minus.advance();
    if (this.#range.isSeeded) this.#dx.advance();
  }

  protected evaluate(candle: Input): AdxValue | null {
    this.#newest = candle;
    if (this.#previous === null) return null;
    const rise = candle.high - this.#previous.high;
    const fall = this.#previous.low - candle.low;
    const range = this.#range.evaluate(trueRange(candle.high, candle.low, this.#previous.close));
    const plus = this.#plus.evaluate(directionalMovement(rise, fall));
    const minus = this.#minus.evaluate(directionalMovement(fall, rise));
    if (range === null || plus === null || minus === null) return null;
    const adx = this.#dx.evaluate(directionalIndex(plus, minus));
    if (adx === null) return null;
    return { adx, plusDi: directionalIndicator(plus, range), minusDi: directionalIndicator(minus, range) };
  }
}
