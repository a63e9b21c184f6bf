import { assertPeriod } from '../column.ts';
import { SlidingWindow } from './sliding-window.ts';
import { StreamingCore } from './streaming-core.ts';

/** Streaming form of `computeSma`. Work per candle grows with the period. */
export class Sma extends StreamingCore<number, number> {
  readonly warmup: number;
  readonly #window: SlidingWindow;

  /** @throws RangeError when the period is not a positive integer */
  constructor(period: number) {
    super();
    assertPeriod(period);
    this.warmup = period;
    this.#window = new SlidingWindow(period);
  }

  protected advance(): void {
    this.#window.advance();
  }

  protected evaluate(value: number): number | null {
    this.#window.put(value);
    return this.#window.isFull ? this.#window.mean() : null;
  }
}
