import type { Candle } from '../candle.ts';
import { rangePosition, type StochasticOptions, stochasticPeriods } from '../stochastic.ts';
import { SlidingWindow } from './sliding-window.ts';
import { StreamingCore } from './streaming-core.ts';

type Input = Pick<Candle, 'high' | 'low' | 'close'>;

/** Both 0–100. */
export interface StochasticValue {
  readonly k: number;
  readonly d: number;
}

/** Streaming form of `computeStochastic`; `null` until %D has a value. Work per candle grows with the periods. */
export class Stochastic extends StreamingCore<Input, StochasticValue> {
  readonly warmup: number;
  readonly #highs: SlidingWindow;
  readonly #lows: SlidingWindow;
  readonly #raw: SlidingWindow;
  readonly #k: SlidingWindow;

  /** @throws RangeError when a period is not a positive integer */
  constructor(options: StochasticOptions = {}) {
    super();
    const { k, smooth, d } = stochasticPeriods(options);
    this.warmup = k + smooth + d - 2;
    this.#highs = new SlidingWindow(k);
    this.#lows = new SlidingWindow(k);
    this.#raw = new SlidingWindow(smooth);
    this.#k = new SlidingWindow(d);
  }

  protected advance(): void {
    this.#highs.advance();
    this.#lows.advance();
    if (this.#highs.isFull) this.#raw.advance();
    if (this.#raw.isFull) this.#k.advance();
  }

  protected evaluate({ high, low, close }: Input): StochasticValue | null {
    this.#highs.put(high);
    this.#lows.put(low);
    if (!this.#highs.isFull) return null;
    this.#raw.put(rangePosition(close, this.#highs.maximum(), this.#lows.minimum()));
    if (!this.#raw.isFull) return null;
    const k = this.#raw.mean();
    this.#k.put(k);
    return this.#k.isFull ? { k, d: this.#k.mean() } : null;
  }
}
