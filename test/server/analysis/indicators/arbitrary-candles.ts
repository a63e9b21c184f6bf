import { allocateColumns, type CandleColumns } from '@fast-scanner/shared';
import fc from 'fast-check';

interface Step {
  readonly move: number;
  readonly upperWick: number;
  readonly lowerWick: number;
  readonly volume: number;
}

const HOUR_MS = 3_600_000;

const step: fc.Arbitrary<Step> = fc.record({
  // Every fifth candle or so does not move at all: equal closes and ranges of zero are where conventions matter.
  move: fc.oneof({ weight: 4, arbitrary: fc.double({ min: -0.1, max: 0.1, noNaN: true }) }, fc.constant(0)),
  upperWick: fc.double({ min: 0, max: 0.05, noNaN: true }),
  lowerWick: fc.double({ min: 0, max: 0.05, noNaN: true }),
  volume: fc.integer({ min: 1, max: 1_000_000 }),
});

/** Clean hourly candles, open at the close before, with lengths around every default warm-up. */
export function arbitraryCandles({ minLength = 0, maxLength = 90 } = {}): fc.Arbitrary<CandleColumns> {
  return fc
    .tuple(fc.double({ min: 0.01, max: 50_000, noNaN: true }), fc.array(step, { minLength, maxLength }))
    .map(([firstOpen, steps]) => toColumns(firstOpen, steps));
}

function toColumns(firstOpen: number, steps: readonly Step[]): CandleColumns {
  const columns = allocateColumns(steps.length);
  let open = firstOpen;
  steps.forEach(({ move, upperWick, lowerWick, volume }, index) => {
    const close = open * (1 + move);
    columns.openTime[index] = Date.UTC(2026, 0, 5, 7) + index * HOUR_MS;
    columns.open[index] = open;
    columns.high[index] = Math.max(open, close) * (1 + upperWick);
    columns.low[index] = Math.min(open, close) * (1 - lowerWick);
    columns.close[index] = close;
    columns.volume[index] = volume;
    open = close;
  });
  return columns;
}
