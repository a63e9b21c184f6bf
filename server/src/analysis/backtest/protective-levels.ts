import type { CandleColumns } from '@fast-scanner/shared';
import type { SignalColumns } from './signal-columns.ts';
import type { ExitReason } from './trade-columns.ts';

/**
 * The stop and the target of the open position. Prices are kept times the side (1 or −1), so that one comparison serves both
 * sides: the stop lies below, the target above. NaN is no level, and no price is beyond it.
 */
export class ProtectiveLevels {
  readonly #candles: CandleColumns;
  readonly #stops: Float64Array | null;
  readonly #targets: Float64Array | null;
  #side: 1 | -1 = 1;
  #ruin = 0;
  #stop = 0;
  #target = Number.NaN;
  #reason: ExitReason = 'stop';

  constructor(candles: CandleColumns, { stopOrNull, targetOrNull }: SignalColumns) {
    this.#candles = candles;
    this.#stops = stopOrNull;
    this.#targets = targetOrNull;
  }

  /** Why {@link touchedAt} answered a price. */
  get reason(): ExitReason {
    return this.#reason;
  }

  /** Whether a position of this side has anything to watch. */
  guards(side: 1 | -1): boolean {
    return this.#stops !== null || this.#targets !== null || side === -1;
  }

  /** Forgets the last position. `ruin` is the price that takes all the money: 0 for a long. */
  begin(side: 1 | -1, ruin: number): void {
    this.#side = side;
    this.#ruin = side * ruin;
    this.#stop = side * ruin;
    this.#target = Number.NaN;
  }

  /** The price before slippage at which the position is closed within this candle; `null` when no level is touched. */
  touchedAt(index: number): number | null {
    const side = this.#side;
    const { open, high, low } = this.#candles;
    this.#readNewLevels(index - 1);
    const opened = side * (open[index] ?? Number.NaN);
    const worst = side * ((side === 1 ? low[index] : high[index]) ?? Number.NaN);
    if (worst <= this.#stop) {
      this.#reason = this.#stop === this.#ruin ? 'ruin' : 'stop';
      return side * Math.min(opened, this.#stop);
    }
    const best = side * ((side === 1 ? high[index] : low[index]) ?? Number.NaN);
    if (!(best >= this.#target)) return null;
    this.#reason = 'target';
    return side * Math.max(opened, this.#target);
  }

  #readNewLevels(index: number): void {
    const stop = this.#side * (this.#stops?.[index] ?? Number.NaN);
    const target = this.#side * (this.#targets?.[index] ?? Number.NaN);
    if (!Number.isNaN(stop)) this.#stop = Math.max(stop, this.#ruin);
    if (!Number.isNaN(target)) this.#target = target;
  }
}
