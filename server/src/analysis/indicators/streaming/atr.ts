import type { Candle } from '../candle.ts';
import { assertPeriod } from '../column.ts';
import { trueRange, wilderSmoothing } from '../wilder.ts';
import { ExponentialAverage } from './exponential-average.ts';
import { StreamingCore } from './streaming-core.ts';

type Input = Pick<Candle, 'high' | 'low' | 'close'>;

/** Streaming form of `computeAtr`. */
export class Atr extends StreamingCore<Input, number> {
  readonly warmup: number;
  readonly #average: ExponentialAverage;
  #previousClose: number | null = null;
  #close: number | null = null;

  /** @throws RangeError when the period is not a positive integer */
  constructor(period = 14) {
    super();
    assertPeriod(period);
    this.warmup = period + 1;
    this.#average = new ExponentialAverage(wilderSmoothing(period));
  }

  protected advance(): void {
    this.#previousClose = this.#close;
    if (this.#previousClose !== null) this.#average.advance();
  }

  protected evaluate({ high, low, close }: Input): number | null {
    this.#close = close;
    if (this.#previousClose === null) return null;
    return this.#average.evaluate(trueRange(high, low, this.#previousClose));
  }
}
