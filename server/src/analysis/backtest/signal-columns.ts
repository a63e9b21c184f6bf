/**
 * What a strategy wants at the close of a candle; it is done at the open of the next. Written as bare numbers so that a
 * column of them is an Int8Array:
 * 0 nothing · 1 be long · −1 be short (either closes the opposite position first) · 2 close a long · −2 close a short ·
 * 3 close whatever is open. An order that is already fulfilled does nothing.
 */
export const ORDER = { none: 0, long: 1, short: -1, exitLong: 2, exitShort: -2, exit: 3 } as const;

/**
 * The columns a strategy writes, one position per candle, made with "nothing" everywhere.
 *
 * A price in `stop` or `target` at candle t holds from candle t+1 on, for the position an order at t opens as well as for one
 * that is open already, until another price replaces it: a stop written at every candle trails. NaN leaves it as it is. Both
 * columns are made when first asked for, so that a strategy without stops does not pay for them.
 */
export class SignalColumns {
  /** Codes of {@link ORDER}. */
  readonly order: Int8Array;
  #stop: Float64Array | null = null;
  #target: Float64Array | null = null;

  constructor(length: number) {
    this.order = new Int8Array(length);
  }

  get length(): number {
    return this.order.length;
  }

  /** Prices at which a position is given up. */
  get stop(): Float64Array {
    this.#stop ??= new Float64Array(this.length).fill(Number.NaN);
    return this.#stop;
  }

  /** Prices at which its profit is taken. */
  get target(): Float64Array {
    this.#target ??= new Float64Array(this.length).fill(Number.NaN);
    return this.#target;
  }

  /** The stops, `null` when nobody asked for the column. */
  get stopOrNull(): Float64Array | null {
    return this.#stop;
  }

  /** The targets, `null` when nobody asked for the column. */
  get targetOrNull(): Float64Array | null {
    return this.#target;
  }
}
