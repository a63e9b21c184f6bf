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

/** Room for `capacity` trades, all zero. */
export function allocateTrades(capacity: number): TradeColumns {
  return {
    count: capacity,
    side: new Int8Array(capacity),
    units: new Float64Array(capacity),
    entryIndex: new Int32Array(capacity),
    exitIndex: new Int32Array(capacity),
    entryPrice: new Float64Array(capacity),
    exitPrice: new Float64Array(capacity),
    commission: new Float64Array(capacity),
    pnl: new Float64Array(capacity),
    returnRatio: new Float64Array(capacity),
    exitReason: new Uint8Array(capacity),
  };
}
