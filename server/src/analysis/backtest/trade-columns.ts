/** Why a position was closed. Its place in the list is its code in {@link TradeColumns}. */
export const EXIT_REASONS = ['order', 'stop', 'target', 'ruin', 'end'] as const;

export type ExitReason = (typeof EXIT_REASONS)[number];

/** Closed trades as columns, oldest first, all of equal length. */
export interface TradeColumns {
  readonly count: number;
  /** 1 long, −1 short. */
  readonly side: Int8Array;
  /** Always positive. */
  readonly units: Float64Array;
  /** Positions of the candles of the fills. */
  readonly entryIndex: Int32Array;
  readonly exitIndex: Int32Array;
  /** Prices of the fills, slippage included. */
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  /** Commission of both fills, in money. */
  readonly commission: Float64Array;
  /** Profit or loss after commission, in money. */
  readonly pnl: Float64Array;
  /** `pnl` over the value of the entry fill. */
  readonly returnRatio: Float64Array;
  /** Positions in {@link EXIT_REASONS}. */
  readonly exitReason: Uint8Array;
}

const WIDE_COLUMNS = 6;
const INDEX_COLUMNS = 2;
const NARROW_COLUMNS = 2;

/** Room for `count` trades, all zero: views of one buffer, which is quick to make and to hand to another thread. */
export function allocateTrades(count: number): TradeColumns {
  const indices = WIDE_COLUMNS * 8 * count;
  const narrow = indices + INDEX_COLUMNS * 4 * count;
  const buffer = new ArrayBuffer(narrow + NARROW_COLUMNS * count);
  const wideAt = (column: number) => new Float64Array(buffer, column * 8 * count, count);
  return {
    count,
    units: wideAt(0),
    entryPrice: wideAt(1),
    exitPrice: wideAt(2),
    commission: wideAt(3),
    pnl: wideAt(4),
    returnRatio: wideAt(5),
    entryIndex: new Int32Array(buffer, indices, count),
    exitIndex: new Int32Array(buffer, indices + 4 * count, count),
    side: new Int8Array(buffer, narrow, count),
    exitReason: new Uint8Array(buffer, narrow + count, count),
  };
}
