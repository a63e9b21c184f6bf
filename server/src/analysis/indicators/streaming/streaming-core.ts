import type { StreamingIndicator } from '../indicator.ts';

/**
 * What all streaming indicators share. A subclass keeps its history apart from the newest candle, so that reading the newest candle
 * again with other values forgets the earlier reading. Arithmetic is the batch form's, in its order: results are equal to the bit.
 * Candles are clean by contract; a NaN in one never comes out as a plausible number (see each batch form for how long it stays).
 */
export abstract class StreamingCore<Input, Result> implements StreamingIndicator<Input, Result> {
  abstract readonly warmup: number;
  #result: Result | null = null;
  #started = false;

  get result(): Result | null {
    return this.#result;
  }

  add(input: Input): Result | null {
    this.advance();
    this.#started = true;
    this.#result = this.evaluate(input);
    return this.#result;
  }

  replace(input: Input): Result | null {
    if (!this.#started) throw new Error('There is no candle to replace: call add() first');
    this.#result = this.evaluate(input);
    return this.#result;
  }

  /** The newest candle becomes history, and a new one, still unread, the newest. Also called before the very first. */
  protected abstract advance(): void;

  /** Reads the newest candle against the history. May be called again for the same candle. */
  protected abstract evaluate(input: Input): Result | null;
}
