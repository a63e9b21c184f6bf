import { type Candle, candleAt } from '@fast-scanner/server/analysis/indicators/candle.ts';
import { allocateColumns, type CandleColumns, sliceColumns } from '@fast-scanner/shared';

/** The same candles in the form each contender likes best, made before the clock starts. */
export interface BenchCandles {
  readonly count: number;
  readonly columns: CandleColumns;
  readonly open: number[];
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
  readonly volume: number[];
  readonly rows: readonly Candle[];
}

/** A seeded random walk of one-minute candles. */
export function walkColumns(count: number): CandleColumns {
  const columns = allocateColumns(count);
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let price = 100;
  for (let i = 0; i < count; i += 1) {
    const close = price * (1 + (random() - 0.5) * 0.01);
    columns.openTime[i] = Date.UTC(2026, 0, 5) + i * 60_000;
    columns.open[i] = price;
    columns.high[i] = Math.max(price, close) * (1 + random() * 0.004);
    columns.low[i] = Math.min(price, close) * (1 - random() * 0.004);
    columns.close[i] = close;
    columns.volume[i] = 1 + Math.floor(random() * 1_000);
    price = close;
  }
  return columns;
}

/** The first `count` of the columns' candles, in every form. */
export function benchCandles(all: CandleColumns, count: number): BenchCandles {
  const columns = sliceColumns(all, 0, count);
  return {
    count,
    columns,
    open: [...columns.open],
    high: [...columns.high],
    low: [...columns.low],
    close: [...columns.close],
    volume: [...columns.volume],
    rows: Array.from(columns.close, (_, index) => candleAt(columns, index)),
  };
}
