import { type BollingerOptions, bandPosition, deviationOf } from '../bollinger.ts';
import { assertPeriod } from '../column.ts';
import { SlidingWindow } from './sliding-window.ts';
import { StreamingCore } from './streaming-core.ts';

export interface BollingerValue {
  /** The mean, in units of price. */
  readonly middle: number;
  readonly upper: number;
  readonly lower: number;
  /** Where the close lies in the band: 0 on the lower, 1 on the upper, beyond them outside. */
  readonly percentB: number;
  /** (upper − lower) / middle, a ratio. */
  readonly bandwidth: number;
}

/** Streaming form of `computeBollinger`. Work per candle grows with the period. */
export class Bollinger extends StreamingCore<number, BollingerValue> {
  readonly warmup: number;
  readonly #deviations: number;
  readonly #window: SlidingWindow;

  /** @throws RangeError when the period is not a positive integer */
  constructor({ period = 20, deviations = 2 }: BollingerOptions = {}) {
    super();
    assertPeriod(period);
    this.warmup = period;
    this.#deviations = deviations;
    this.#window = new SlidingWindow(period);
  }

  protected advance(): void {
    this.#window.advance();
  }

  protected evaluate(close: number): BollingerValue | null {
    this.#window.put(close);
    if (!this.#window.isFull) return null;
    const { reference, offset, meanSquare } = this.#window.moments();
    const middle = reference + offset;
    const halfWidth = this.#deviations * deviationOf(offset, meanSquare);
    return {
      middle,
      upper: middle + halfWidth,
      lower: middle - halfWidth,
      percentB: bandPosition(close - reference - offset, halfWidth),
      bandwidth: (2 * halfWidth) / middle,
    };
  }
}
