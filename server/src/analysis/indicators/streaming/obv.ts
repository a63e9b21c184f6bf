import type { Candle } from '../candle.ts';
import { closeDirection } from '../obv.ts';
import { StreamingCore } from './streaming-core.ts';

type Input = Pick<Candle, 'close' | 'volume'>;

/** Streaming form of `computeObv`. */
export class Obv extends StreamingCore<Input, number> {
  readonly warmup = 1;
  #previousClose: number | null = null;
  #close: number | null = null;
  #history = 0;
  #balance = 0;

  protected advance(): void {
    this.#previousClose = this.#close;
    this.#history = this.#balance;
  }

  protected evaluate({ close, volume }: Input): number {
    this.#close = close;
    if (this.#previousClose !== null) {
      this.#balance = this.#history + closeDirection(close, this.#previousClose) * volume;
    }
    return this.#balance;
  }
}
