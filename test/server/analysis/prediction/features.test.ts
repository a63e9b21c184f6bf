import assert from 'node:assert/strict';
import {
  computeFeatureMatrix,
  type FeatureColumns,
  isCompleteRow,
} from '@fast-scanner/server/analysis/prediction/feature-matrix.ts';
import { computeFeatureSource, logReturns } from '@fast-scanner/server/analysis/prediction/feature-source.ts';
import { findFeatureLeak } from '@fast-scanner/server/analysis/prediction/find-feature-leak.ts';
import {
  FEATURE_WARMUP_CANDLES,
  PREDICTION_FEATURES,
  type PredictionFeature,
} from '@fast-scanner/server/analysis/prediction/prediction-features.ts';
import { type CandleColumns, type CandleSeries, rowsFromColumns, sliceSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import {
  arbitraryWalk,
  mirrorSeries,
  pathSeries,
  scaleSeries,
  walkSeries,
} from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';

const RUNS = { ...PROPERTY_RUNS, numRuns: 15 };
const usableWalk = arbitraryWalk({ minCount: FEATURE_WARMUP_CANDLES + 20, maxCount: 320 });

/** The columns in double precision, as the table computes them. */
function computeTable(candles: CandleColumns): Map<string, Float64Array> {
  const source = computeFeatureSource(candles);
  return new Map(PREDICTION_FEATURES.map(({ name, compute }) => [name, compute(source)]));
}

function newest(candles: CandleSeries, name: string): number | null {
  return computeTable(candles).get(name)?.at(-1) ?? null;
}

function assertSameColumns(actual: FeatureColumns, expected: FeatureColumns): void {
  for (const [index, { name }] of PREDICTION_FEATURES.entries()) {
    assert.deepEqual(actual[index], expected[index], name);
  }
}

/** 300 candles that rise by 1 % each, and by another step at the end. */
const rising = (lastStep: number) =>
  pathSeries([...Array.from({ length: 300 }, (_, i) => 100 * 1.01 ** i), 100 * 1.01 ** (299 + lastStep)]);

describe('the features of the prediction', () => {
  it('are a table with names of their own and a word on each', () => {
    const names = PREDICTION_FEATURES.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { help } of PREDICTION_FEATURES) assert.ok(help.length > 5);
  });

  it('truncation: a row is the same with and without the candles after it', () => {
    fc.assert(
      fc.property(usableWalk, (series) => {
        const length = series.length - 15;
        const [whole, part] = [series, sliceSeries(series, 0, length)].map((candles) =>
          computeFeatureMatrix(candles),
        );
        assertSameColumns(whole?.map((column) => column.subarray(0, length)) ?? [], part ?? []);
        assert.equal(findFeatureLeak(series), null);
      }),
      { ...RUNS, numRuns: 5 },
    );
  });

  it('truncation: a feature that reads the future is named, with the candle it was caught at', () => {
    const series = walkSeries({ seed: 3, count: 500 });
    const planted: PredictionFeature = {
      name: 'next_return',
      help: 'what the next candle does',
      mirror: 'odd',
      compute: ({ indicators: { candles } }) => logReturns(candles.close, 1).subarray(1),
    };
    const centred: PredictionFeature = {
      name: 'whole_mean',
      help: 'distance to the mean of the whole series',
      mirror: 'odd',
      compute: ({ indicators: { candles } }) => {
        const mean = candles.close.reduce((sum, close) => sum + close, 0) / candles.close.length;
        return candles.close.map((close) => close - mean);
      },
    };
    const next = findFeatureLeak(series, [...PREDICTION_FEATURES.slice(0, 4), planted]);
    assert.equal(next?.feature, 'next_return');
    const mean = findFeatureLeak(series, [centred, ...PREDICTION_FEATURES]);
    assert.deepEqual(mean, { feature: 'whole_mean', index: FEATURE_WARMUP_CANDLES });
  });

  it('scale: multiplying all prices, or all volumes, changes no feature', () => {
    const factor = fc.double({ min: -8, max: 7, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(usableWalk, factor, (series, k) => {
        const scaled = scaleSeries({ ...series, volume: series.volume.map((volume) => volume * k) }, k);
        const [before, after] = [computeTable(series), computeTable(scaled)];
        for (const { name } of PREDICTION_FEATURES) {
          before.get(name)?.forEach((value, i) => {
            const other = after.get(name)?.[i] ?? Number.NaN;
            if (!Number.isNaN(value)) assertClose(other, value, 1e-8);
            else assert.ok(Number.isNaN(other), name);
          });
        }
      }),
      RUNS,
    );
  });

  it('mirror: reciprocal prices change the sign of odd features and leave the even ones', () => {
    fc.assert(
      fc.property(usableWalk, (series) => {
        const [before, after] = [computeTable(series), computeTable(mirrorSeries(series))];
        for (const { name, mirror } of PREDICTION_FEATURES) {
          const sign = mirror === 'odd' ? -1 : 1;
          const row = series.length - 1;
          assertClose(after.get(name)?.[row] ?? null, sign * (before.get(name)?.[row] ?? Number.NaN), 1e-8);
        }
      }),
      RUNS,
    );
  });

  it('hardly depend on where the data begins', () => {
    const series = walkSeries({ seed: 11, count: 1_500 });
    const [long, short] = [computeFeatureMatrix(series), computeFeatureMatrix(sliceSeries(series, -300))];
    for (const [index, { name }] of PREDICTION_FEATURES.entries()) {
      const [expected = Number.NaN, actual = Number.NaN] = [long[index]?.at(-1), short[index]?.at(-1)];
      assert.ok(Math.abs(actual - expected) < 1e-3, `${name}: ${actual} instead of ${expected}`);
    }
  });

  it('returns are in units of the usual move', () => {
    // Every candle moves by ln 1.01, the last by three times that, so σ² = (99 + 9) / 100 of it.
    const unit = Math.sqrt(1.08);
    assertClose(newest(rising(3), 'return_1'), 3 / unit, 1e-9);
    assertClose(newest(rising(3), 'return_6'), 8 / (unit * Math.sqrt(6)), 1e-9);
    assertClose(newest(rising(1), 'return_24'), Math.sqrt(24), 1e-9);
  });

  it('say what a steady rise looks like', () => {
    const series = rising(1);
    const of = (name: string) => newest(series, name);
    assert.equal(of('rsi'), 1);
    assert.equal(of('di_balance'), 1);
    assert.equal(of('regime'), 1);
    assertClose(of('efficiency_ratio'), 1, 1e-12);
    assertClose(of('volume_ratio'), 0, 1e-12);
    assertClose(of('volume_trend'), 0, 1e-12);
    assert.ok((of('range_position') ?? 0) > 0.98);
    assert.ok((of('close_to_ema20') ?? 0) > 0 && (of('ema20_to_ema50') ?? 0) > 0);
  });

  it('the time of day goes round with the clock', () => {
    const table = computeTable(pathSeries([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]));
    const at = (hour: number) => [
      table.get('day_sine')?.[hour] ?? null,
      table.get('day_cosine')?.[hour] ?? null,
    ];
    [
      [0, 1],
      [1, 0],
      [0, -1],
    ].forEach((expected, quarter) => {
      at(6 * quarter).forEach((value, i) => {
        assertClose(value, expected[i] ?? null, 1e-12);
      });
    });
  });

  it('no row is complete inside the warm-up, all are after it', () => {
    const series = walkSeries({ seed: 5, count: 260 });
    const columns = computeFeatureMatrix(series);
    const complete = [...series.close.keys()].filter((row) => isCompleteRow(columns, row));
    assert.deepEqual(
      complete,
      Array.from({ length: 60 }, (_, i) => FEATURE_WARMUP_CANDLES + i),
    );
  });

  it('a market that stands still, or trades nothing, has no complete row', () => {
    const flat = pathSeries(new Array(300).fill(42), { shadow: 0 });
    const untraded = pathSeries([...walkSeries({ seed: 2, count: 300 }).close], { volume: () => 0 });
    for (const series of [flat, untraded]) {
      const columns = computeFeatureMatrix(series);
      assert.ok([...series.close.keys()].every((row) => !isCompleteRow(columns, row)));
    }
  });

  it('leave the candles as they were', () => {
    const series = walkSeries({ seed: 8, count: 260 });
    const before = rowsFromColumns(series);
    computeFeatureMatrix(series);
    assert.deepEqual(rowsFromColumns(series), before);
  });
});
