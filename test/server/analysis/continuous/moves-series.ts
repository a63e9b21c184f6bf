import type { CandleSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import { type PathOptions, pathSeries, walkSeries } from '../support/analysis-series.ts';

/** One percent, as a log return. */
export const STEP = 0.01;

/** `count` moves of one step, up and down in turn: a market that goes nowhere. */
export function backAndForth(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? STEP : -STEP));
}

/** A candle for each log return, and one before them. Each opens at the close before. */
export function movesSeries(moves: readonly number[], options: PathOptions = {}): CandleSeries {
  let logPrice = Math.log(100);
  const closes = moves.map((move) => {
    logPrice += move;
    return Math.exp(logPrice);
  });
  return pathSeries([100, ...closes], options);
}

/** Volumes of the newest candles, oldest first; 100 for those before. For {@link movesSeries} of `moves` moves. */
export function newestVolumes(moves: number, volumes: readonly number[]): (index: number) => number {
  return (index) => volumes[index - (moves + 1 - volumes.length)] ?? 100;
}

/** Random walks that may end in a run of one direction on rising or dying volume, where signals of every type are made. */
export function arbitraryMarket({ minCount = 101, maxCount = 240 } = {}): fc.Arbitrary<CandleSeries> {
  return fc
    .record({
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      count: fc.integer({ min: minCount, max: maxCount }),
      drift: fc.double({ min: -0.003, max: 0.003, noNaN: true }),
      spread: fc.double({ min: 0.002, max: 0.03, noNaN: true }),
      run: fc.integer({ min: 0, max: 10 }),
      step: fc.double({ min: -0.06, max: 0.06, noNaN: true }),
      volumeGrowth: fc.double({ min: 0.5, max: 1.5, noNaN: true }),
    })
    .map(({ seed, count, drift, spread, run, step, volumeGrowth }) => {
      const walk = walkSeries({ seed, count, drift, spread });
      for (let nth = 1; nth <= run; nth += 1)
        pushCandle(walk, count - run - 1 + nth, { nth, step, volumeGrowth });
      return walk;
    });
}

interface Push {
  readonly nth: number;
  readonly step: number;
  readonly volumeGrowth: number;
}

function pushCandle(walk: CandleSeries, index: number, { nth, step, volumeGrowth }: Push): void {
  const open = walk.close[index - 1] ?? Number.NaN;
  const close = open * Math.exp(step);
  walk.open[index] = open;
  walk.close[index] = close;
  walk.high[index] = Math.max(open, close);
  walk.low[index] = Math.min(open, close);
  walk.volume[index] = 2_000 * volumeGrowth ** nth;
}
