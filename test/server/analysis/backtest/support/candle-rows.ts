import { type CandleColumns, columnsFromRows } from '@fast-scanner/shared';

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 5);

/** `[open, high, low, close]` of one day. */
export type Day = readonly [open: number, high: number, low: number, close: number];

/** Daily candles from the fifth of January 2026 on. */
export function dailyCandles(days: readonly Day[], firstDay = FIRST_DAY): CandleColumns {
  return columnsFromRows(days.map((prices, index) => [firstDay + index * DAY_MS, ...prices, 1_000] as const));
}

/** Daily candles that open at the close before and have no shadows. */
export function closingAt(closes: readonly number[], firstDay = FIRST_DAY): CandleColumns {
  const days = closes.map((close, index): Day => {
    const open = closes[index - 1] ?? close;
    return [open, Math.max(open, close), Math.min(open, close), close];
  });
  return dailyCandles(days, firstDay);
}
