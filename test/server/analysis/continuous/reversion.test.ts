import assert from 'node:assert/strict';
import { computeReversion } from '@fast-scanner/server/analysis/continuous/reversion.ts';
import { continuousConfigSchema, ScannerError, sliceSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import { pathSeries } from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { arbitraryMarket, backAndForth, movesSeries, newestVolumes, STEP } from './moves-series.ts';

const CONFIG = continuousConfigSchema.parse({});
const BEFORE = backAndForth(100);

function readAfterRest(moves: readonly number[], volumes: readonly number[] = [], config = CONFIG) {
  const all = [...BEFORE, ...moves];
  return computeReversion(movesSeries(all, { volume: newestVolumes(all.length, volumes) }), config);
}

/** `count` equal moves that make `gain` together. */
const movesOfGain = (gain: number, count: number) => new Array<number>(count).fill(Math.log1p(gain) / count);

describe('reversion', () => {
  it('counts the newest moves of one sign, each above 0.1 %', () => {
    const countOf = (...moves: readonly number[]) => readAfterRest(moves).consecutive_moves;
    assert.equal(countOf(), 1);
    assert.equal(countOf(-STEP, STEP, STEP, STEP), 3);
    assert.equal(countOf(STEP, -STEP, -STEP, -STEP, -STEP), 4);
    assert.equal(countOf(STEP, STEP, Math.log(1.0009), STEP, STEP), 2);
    assert.equal(countOf(STEP, STEP, STEP, Math.log(1.0009)), 0);
    assert.equal(countOf(STEP, STEP, STEP, 0), 0);
  });

  it('sees momentum exhausted from four of them on, or as many as the config says', () => {
    const fourDown = [STEP, -STEP, -STEP, -STEP, -STEP];
    const exhausted = (moves: readonly number[], threshold: number) =>
      readAfterRest(moves, [], { ...CONFIG, momentum_exhaustion_threshold: threshold }).momentum_exhaustion;
    assert.deepEqual(
      [
        exhausted(fourDown, 4),
        exhausted(fourDown, 5),
        exhausted([STEP, STEP, -STEP, -STEP, -STEP], 4),
        exhausted(fourDown, 3),
      ],
      [true, false, false, true],
    );
  });

  it('sees volume exhausted when it was high and dies: above 1.5 times the mean of ten, falling by more than 10 % twice', () => {
    const exhausted = (...volumes: readonly number[]) => readAfterRest([], volumes).volume_exhaustion;
    // Mean of three 340; of ten (7 · 100 + 1,020) / 10 = 172.
    assert.equal(exhausted(400, 340, 280), true);
    assert.equal(exhausted(400, 361, 280), false, 'the first fall is 9.75 %');
    assert.equal(exhausted(400, 340, 307), false, 'the second fall is 9.7 %');
    assert.equal(exhausted(280, 340, 400), false);
    // Mean of three 190; of ten (700 + 570) / 10 = 127, 1.5 times of it 190.5.
    assert.equal(exhausted(230, 190, 150), false);
    assert.equal(exhausted(240, 190, 150), true);
    assert.equal(exhausted(0, 0, 0), false);
  });

  it('calls a rise of more than 15 % over five candles excessive, and a fall that takes such a rise to make up for', () => {
    const isExcessive = (gain: number) => readAfterRest(movesOfGain(gain, 5)).excessive_gain;
    assert.deepEqual([0.1501, 0.1499, -0.1305, -0.1303].map(isExcessive), [true, false, true, false]);
    assertClose(readAfterRest(movesOfGain(0.1501, 5)).recent_gain_pct, 15.01, 1e-9);
    assert.equal(readAfterRest(movesOfGain(0.2, 6)).excessive_gain, true, 'five sixths of 20 % are 16.4 %');
    assert.equal(readAfterRest(movesOfGain(0.2, 10)).excessive_gain, false);
  });

  it('sees overbought above RSI 70 and oversold below 30', () => {
    const gains = (count: number) =>
      new Array<number>(14 - count).fill(-STEP).concat(new Array(count).fill(STEP));
    // The first RSI is the share of 14 plain means: ten gains of fourteen are 71.4, nine 64.3.
    const extremes = [10, 9, 5, 4].map((count) => {
      const { is_overbought, is_oversold } = computeReversion(movesSeries(gains(count)), CONFIG);
      return [is_overbought, is_oversold];
    });
    assert.deepEqual(extremes, [
      [true, false],
      [false, false],
      [false, false],
      [false, true],
    ]);
  });

  it('gives 25 points each, is a candidate with three, and turns against the gain', () => {
    const dying = [400, 340, 280];
    const rise = new Array<number>(5).fill(0.04);
    const two = readAfterRest(new Array<number>(5).fill(STEP), dying);
    const all = readAfterRest(rise, dying);
    assert.deepEqual([two.reversion_score, two.reversion_candidate], [50, false]);
    assert.deepEqual(
      [all.reversion_score, all.reversion_candidate, all.reversion_direction],
      [100, true, 'bearish'],
    );
    assert.equal(readAfterRest(rise.map((move) => -move)).reversion_direction, 'bullish');
    assert.equal(readAfterRest(rise).reversion_score, 75);
    assert.equal(readAfterRest([]).reversion_score, 0);
  });

  it('says nothing about flat prices without volume', () => {
    const flat = pathSeries(new Array<number>(20).fill(7), { volume: () => 0 });
    assert.deepEqual(computeReversion(flat, CONFIG), {
      reversion_score: 0,
      momentum_exhaustion: false,
      consecutive_moves: 0,
      volume_exhaustion: false,
      excessive_gain: false,
      recent_gain_pct: 0,
      is_overbought: false,
      is_oversold: false,
      reversion_direction: 'neutral',
      reversion_candidate: false,
    });
  });

  it('needs 15 candles', () => {
    const series = movesSeries(backAndForth(14));
    assert.equal(computeReversion(series, CONFIG).reversion_score, 0);
    assert.throws(
      () => computeReversion(sliceSeries(series, 1), CONFIG),
      (error) => error instanceof ScannerError && error.code === 'insufficient_data',
    );
  });

  it('monotone: a lower threshold never lowers the score', () => {
    const lower = fc.double({ min: 0.2, max: 1, noNaN: true });
    fc.assert(
      fc.property(arbitraryMarket(), lower, (series, factor) => {
        const eased = {
          momentum_exhaustion_threshold: Math.ceil(4 * factor),
          volume_exhaustion_multiplier: 1.5 * factor,
          excessive_gain_threshold: 0.15 * factor,
        };
        const [usual, easier] = [computeReversion(series, CONFIG), computeReversion(series, eased)];
        assert.ok(easier.reversion_score >= usual.reversion_score);
      }),
      PROPERTY_RUNS,
    );
  });
});
