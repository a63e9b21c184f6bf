import type { EquityCurve } from './equity-curve.ts';
import type { StockCurve } from './stock-curve.ts';

/**
 * Stocks as one: their summed worth day by day, and all their trades. Joined curves can be joined again and come to the same.
 *
 * Days are aligned by date: before its first day a stock is its starting cash, on a day it misses and after its last day its
 * last worth. No stocks give empty columns.
 */
export function joinCurves(curves: readonly StockCurve[]): StockCurve {
  const time = unionOfDays(curves);
  return {
    time,
    equity: sumAligned(curves, time),
    benchmark: sumAligned(
      curves.map((curve) => ({ ...curve, equity: curve.benchmark })),
      time,
    ),
    startEquity: sumOf(curves, ({ startEquity }) => startEquity),
    candles: sumOf(curves, ({ candles }) => candles),
    candlesInMarket: sumOf(curves, ({ candlesInMarket }) => candlesInMarket),
    trades: {
      pnl: concatenate(curves.map(({ trades }) => trades.pnl)),
      returnRatio: concatenate(curves.map(({ trades }) => trades.returnRatio)),
    },
  };
}

function unionOfDays(curves: readonly StockCurve[]): Float64Array {
  const longest = curves.reduce<Float64Array>(
    (most, { time }) => (time.length > most.length ? time : most),
    new Float64Array(),
  );
  if (curves.every(({ time }) => isWithin(time, longest))) return longest.slice();
  const days = new Set<number>();
  for (const { time } of curves) for (const day of time) days.add(day);
  return Float64Array.from(days).sort();
}

/** Whether every day is among the others, which is so for most stocks. */
function isWithin(days: Float64Array, others: Float64Array): boolean {
  let found = 0;
  for (const other of others) if (days[found] === other) found += 1;
  return found === days.length;
}

function sumAligned(curves: readonly EquityCurve[], days: Float64Array): Float64Array {
  const sum = new Float64Array(days.length);
  for (const { time, equity, startEquity } of curves) {
    let next = 0;
    let worth = startEquity;
    for (let day = 0; day < days.length; day += 1) {
      if (time[next] === days[day]) {
        worth = equity[next] ?? worth;
        next += 1;
      }
      sum[day] = (sum[day] ?? 0) + worth;
    }
  }
  return sum;
}

function concatenate(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(sumOf(columns, (column) => column.length));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
