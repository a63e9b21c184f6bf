import { allocateTrades, EXIT_REASONS, type ExitReason, type TradeColumns } from './trade-columns.ts';

const FIRST_CAPACITY = 16;

/** A trade from its entry to its exit. One object is used for all trades of a run. */
export interface Trade {
  /** 1 long, −1 short, 0 while there is none. */
  side: 1 | -1 | 0;
  units: number;
  entryIndex: number;
  entryPrice: number;
  exitIndex: number;
  exitPrice: number;
  exitReason: ExitReason;
}

/** Collects trades into columns that double when they are full, so that no object is kept per trade. */
export class TradeLog {
  readonly #commissionRate: number;
  #columns = allocateTrades(FIRST_CAPACITY);
  #count = 0;

  constructor(commissionRate: number) {
    this.#commissionRate = commissionRate;
  }

  add({ side, units, entryIndex, entryPrice, exitIndex, exitPrice, exitReason }: Trade): void {
    if (this.#count === this.#columns.count) this.#columns = copyInto(this.#columns, 2 * this.#count);
    const columns = this.#columns;
    const at = this.#count;
    const commission = this.#commissionRate * units * (entryPrice + exitPrice);
    const pnl = side * units * (exitPrice - entryPrice) - commission;
    columns.side[at] = side;
    columns.units[at] = units;
    columns.entryIndex[at] = entryIndex;
    columns.exitIndex[at] = exitIndex;
    columns.entryPrice[at] = entryPrice;
    columns.exitPrice[at] = exitPrice;
    columns.commission[at] = commission;
    columns.pnl[at] = pnl;
    columns.returnRatio[at] = pnl / (units * entryPrice);
    columns.exitReason[at] = EXIT_REASONS.indexOf(exitReason);
    this.#count += 1;
  }

  /** The trades so far, in columns of exactly their number. */
  toColumns(): TradeColumns {
    return copyInto(this.#columns, this.#count);
  }
}

/** A copy with another length: longer with zeros at the end, or cut. */
function copyInto(from: TradeColumns, length: number): TradeColumns {
  const to = allocateTrades(length);
  const kept = Math.min(from.count, length);
  to.side.set(from.side.subarray(0, kept));
  to.units.set(from.units.subarray(0, kept));
  to.entryIndex.set(from.entryIndex.subarray(0, kept));
  to.exitIndex.set(from.exitIndex.subarray(0, kept));
  to.entryPrice.set(from.entryPrice.subarray(0, kept));
  to.exitPrice.set(from.exitPrice.subarray(0, kept));
  to.commission.set(from.commission.subarray(0, kept));
  to.pnl.set(from.pnl.subarray(0, kept));
  to.returnRatio.set(from.returnRatio.subarray(0, kept));
  to.exitReason.set(from.exitReason.subarray(0, kept));
  return to;
}
