import type { CandleColumns } from '@fast-scanner/shared';
import { computeRealisedVolatility } from './realised-volatility.ts';

/** One-candle returns behind each reading of the volatility. */
export const VOLATILITY_LOOKBACK = 20;
/** Share of the universe that must have a reading of a candle; a median of few would tell of the few. */
export const LEAST_COVERAGE = 0.5;

/**
 * The universe's volatility candle by candle: of each open time the median, over all symbols, of the realised volatility of the
 * newest 20 one-candle returns (a ratio per candle, not annualised), oldest first. All series must have the same timeframe.
 * Open times that less than half of the universe has a reading of are left out, so series may begin and end apart; without
 * any, the column is empty. Needs 21 candles of a symbol for its first reading.
 */
export function computeUniverseVolatility(universe: readonly CandleColumns[]): Float64Array {
  const readings = readingsByTime(universe);
  const times = [...readings.keys()].sort((left, right) => left - right);
  const medians = times.flatMap((time) => {
    const values = readings.get(time) ?? [];
    return values.length >= LEAST_COVERAGE * universe.length ? [medianOf(values)] : [];
  });
  return Float64Array.from(medians);
}

function readingsByTime(universe: readonly CandleColumns[]): ReadonlyMap<number, number[]> {
  const readings = new Map<number, number[]>();
  for (const { openTime, close } of universe) {
    computeRealisedVolatility(close, VOLATILITY_LOOKBACK).forEach((value, index) => {
      if (!Number.isFinite(value)) return;
      const time = openTime[index] ?? Number.NaN;
      const values = readings.get(time);
      if (values) values.push(value);
      else readings.set(time, [value]);
    });
  }
  return readings;
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
