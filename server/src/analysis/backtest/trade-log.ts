import { allocateTrades, EXIT_REASONS, type ExitReason, type TradeColumns } from './trade-columns.ts';

/** Numbers kept of a trade: side, units, candle and price of the entry, candle and price of the exit, reason. */
const FIELDS = 7;
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

/** Collects trades as rows of one array that doubles when it is full, so that no object is kept per trade. */
export class TradeLog {
  readonly #commissionRate: number;
  #rows = new Float64Array(FIRST_CAPACITY * FIELDS);
  #count = 0;

  constructor(commissionRate: number) {
    this.#commissionRate = commissionRate;
  }

  add(trade: Trade): void {
    const at = this.#count * FIELDS;
    if (at === this.#rows.length) this.#grow();
    const rows = this.#rows;
    rows[at] = trade.side;
    rows[at + 1] = trade.units;
    rows[at + 2] = trade.entryIndex;
    rows[at + 3] = trade.entryPrice;
    rows[at + 4] = trade.exitIndex;
    rows[at + 5] = trade.exitPrice;
    rows[at + 6] = EXIT_REASONS.indexOf(trade.exitReason);
    this.#count += 1;
  }

  /** The trades so far, with what follows from them. */
  toColumns(): TradeColumns {
    const columns = allocateTrades(this.#count);
    for (let trade = 0; trade < this.#count; trade += 1) this.#write(trade, columns);
    return columns;
  }

  #write(trade: number, columns: TradeColumns): void {
    const side = this.#read(trade, 0);
    const units = this.#read(trade, 1);
    const entryPrice = this.#read(trade, 3);
    const exitPrice = this.#read(trade, 5);
    const commission = this.#commissionRate * units * (entryPrice + exitPrice);
    const pnl = side * units * (exitPrice - entryPrice) - commission;
    columns.side[trade] = side;
    columns.units[trade] = units;
    columns.entryIndex[trade] = this.#read(trade, 2);
    columns.exitIndex[trade] = this.#read(trade, 4);
    columns.entryPrice[trade] = entryPrice;
    columns.exitPrice[trade] = exitPrice;
    columns.commission[trade] = commission;
    columns.pnl[trade] = pnl;
    columns.returnRatio[trade] = pnl / (units * entryPrice);
    columns.exitReason[trade] = this.#read(trade, 6);
  }

  #read(trade: number, field: number): number {
    return this.#rows[trade * FIELDS + field] ?? Number.NaN;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#rows.length);
    larger.set(this.#rows);
    this.#rows = larger;
  }
}
