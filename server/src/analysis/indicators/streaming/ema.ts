import { assertPeriod } from '../column.ts';
import { type EmaOptions, emaSmoothing } from '../ema.ts';
import { ExponentialAverage } from './exponential-average.ts';
import { StreamingCore } from './streaming-core.ts';

/** Streaming form of `computeEma`. */
export class Ema extends StreamingCore<number, number> {
  readonly warmup: number;
  readonly #average: ExponentialAverage;

  /** @throws RangeError when the period is not a positive integer */
  constructor(period: number, options: EmaOptions = {}) {
    super();
    assertPeriod(period);
    const smoothing = emaSmoothing(period, options);
    this.warmup = smoothing.seedLength;
    this.#average = new ExponentialAverage(smoothing);
  }

  protected advance(): void {
    this.#average.advance();
  }

  protected evaluate(value: number): number | null {
    return this.#average.evaluate(value);
  }
}
