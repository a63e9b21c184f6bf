import { allocateColumns, type CandleColumns } from '@fast-scanner/shared';
import fc from 'fast-check';

interface Step {
  readonly move: number;
  readonly upperWick: number;
  readonly lowerWick: number;
  readonly volume: number;
}

const HOUR_MS = 3_600_000;

/** Evenly spread multiples of 0.0001. fast-check's own doubles are mostly next to 0, which would make nearly every series flat. */
function fraction(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: min * 10_000, max: max * 10_000 }).map((value) => value / 10_000);
}

const move = fraction(-0.1, 0.1).filter((value) => value !== 0);
// Every fifth candle or so does not move at all: equal closes and ranges of zero are where conventions matter.
const moveOrRest = fc.oneof({ weight: 4, arbitrary: move }, fc.constant(0));

function step(moves: fc.Arbitrary<number>): fc.Arbitrary<Step> {
  return fc.record({
    move: moves,
    upperWick: fraction(0, 0.05),
    lowerWick: fraction(0, 0.05),
    volume: fc.integer({ min: 1, max: 1_000_000 }),
  });
}

export interface ArbitraryCandlesOptions {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Whether candles may close where they opened. Default true. */
  readonly mayRest?: boolean;
}

/** Clean hourly candles, open at the close before, of every length in the range alike. */
export function arbitraryCandles(options: ArbitraryCandlesOptions = {}): fc.Arbitrary<CandleColumns> {
  const { minLength = 0, maxLength = 90, mayRest = true } = options;
  const steps = fc.array(step(mayRest ? moveOrRest : move), { minLength, maxLength, size: 'max' });
  return fc.tuple(fraction(0.01, 50_000), steps).map(([firstOpen, moves]) => toColumns(firstOpen, moves));
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
