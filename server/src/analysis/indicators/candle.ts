import type { CandleColumns } from '@fast-scanner/shared';

/** One candle, as the streaming indicators read it. */
export interface Candle {
  /** Epoch ms UTC. */
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Traded amount in base units. */
  readonly volume: number;
}

/** The candle at a position of the columns; all fields NaN outside of them. */
export function candleAt(columns: CandleColumns, index: number): Candle {
  return {
    openTime: columns.openTime[index] ?? Number.NaN,
    open: columns.open[index] ?? Number.NaN,
    high: columns.high[index] ?? Number.NaN,
    low: columns.low[index] ?? Number.NaN,
    close: columns.close[index] ?? Number.NaN,
    volume: columns.volume[index] ?? Number.NaN,
  };
}
