import assert from 'node:assert/strict';
import { toLogCandles } from '@fast-scanner/server/analysis/log-candles.ts';
import {
  labelTripleBarrier,
  type TripleBarrierLabels,
} from '@fast-scanner/server/analysis/prediction/triple-barrier.ts';
import { allocateColumns, type CandleColumns, sliceColumns } from '@fast-scanner/shared';
import fc from 'fast-check';
import { arbitraryWalk, mirrorSeries } from '../support/analysis-series.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';

const OPTIONS = { distance: 2, horizonCandles: 3 };

/** Candles of low, high and close, in the units that labels are given in. */
function candlesOf(rows: readonly (readonly [number, number, number])[]): CandleColumns {
  const columns = allocateColumns(rows.length);
  rows.forEach(([low, high, close], i) => {
    columns.low[i] = low;
    columns.high[i] = high;
    columns.close[i] = close;
  });
  return columns;
}

/** Label and deciding candle of the first row, with barriers at ±2. */
function first(rows: readonly (readonly [number, number, number])[]): (number | undefined)[] {
  const candles = candlesOf([[0, 0, 0], ...rows]);
  const { label, endIndex } = labelTripleBarrier(candles, new Float64Array(rows.length + 1).fill(1), OPTIONS);
  return [label[0], endIndex[0]];
}

function labelWalk(candles: CandleColumns): TripleBarrierLabels {
  const log = toLogCandles(candles);
  const unit = log.close.map(() => 0.008);
  return labelTripleBarrier(log, unit, { distance: 2, horizonCandles: 12 });
}

describe('triple-barrier labels', () => {
  it('are 1 when the upper barrier is reached first, 0 when the lower one is', () => {
    assert.deepEqual(
      first([
        [-1, 1, 0],
        [-1, 2, 0],
        [-3, 0, 0],
      ]),
      [1, 2],
    );
    assert.deepEqual(
      first([
        [-1, 1, 0],
        [-2, 1, 0],
        [0, 3, 0],
      ]),
      [0, 2],
    );
  });

  it('are 0 when one candle reaches both barriers, whatever its close', () => {
    assert.deepEqual(first([[-2, 2, 1.9]]), [0, 1]);
  });

  it('are decided by the close at the time limit, and a close where it began is no rise', () => {
    assert.deepEqual(
      first([
        [-1, 1, -1],
        [-1, 1, -1],
        [-1, 1, 0.5],
      ]),
      [1, 3],
    );
    assert.deepEqual(
      first([
        [-1, 1, 1],
        [-1, 1, 1],
        [-1, 1, -0.5],
      ]),
      [0, 3],
    );
    assert.deepEqual(
      first([
        [-1, 1, 1],
        [-1, 1, 1],
        [-1, 1, 0],
      ]),
      [0, 3],
    );
  });

  it('a barrier reached by the candle of the time limit counts', () => {
    assert.deepEqual(
      first([
        [-1, 1, 0],
        [-1, 1, 0],
        [-1, 2, -0.5],
      ]),
      [1, 3],
    );
    assert.deepEqual(
      first([
        [-1, 1, 0],
        [-1, 1, 0],
        [-2, 1, 0.5],
      ]),
      [0, 3],
    );
  });

  it('are missing while nothing is decided', () => {
    assert.deepEqual(
      first([
        [-1, 1, 0],
        [-1, 1, 0],
      ]),
      [Number.NaN, Number.NaN],
    );
    assert.deepEqual(first([]), [Number.NaN, Number.NaN]);
  });

  it('are missing where the volatility is', () => {
    const candles = candlesOf([
      [0, 0, 0],
      [-9, 9, 0],
      [-9, 9, 0],
    ]);
    const { label } = labelTripleBarrier(candles, Float64Array.of(Number.NaN, 1, 0), OPTIONS);
    assert.deepEqual([...label], [Number.NaN, 0, Number.NaN]);
  });

  it('truncation: candles after the deciding one change nothing, and before it there is no label', () => {
    fc.assert(
      fc.property(
        arbitraryWalk({ minCount: 60, maxCount: 120 }),
        fc.integer({ min: 1, max: 59 }),
        (series, length) => {
          const [whole, part] = [labelWalk(series), labelWalk(sliceColumns(series, 0, length))];
          for (let row = 0; row < length; row += 1) {
            const isDecided = (whole.endIndex[row] ?? Number.NaN) < length;
            assert.equal(part.label[row], isDecided ? whole.label[row] : Number.NaN);
            assert.equal(part.endIndex[row], isDecided ? whole.endIndex[row] : Number.NaN);
          }
        },
      ),
      PROPERTY_RUNS,
    );
  });

  it('mirror: reciprocal prices turn the labels over, but for candles that reach both barriers or end where they began', () => {
    fc.assert(
      fc.property(arbitraryWalk(), (series) => {
        const [plain, mirrored] = [labelWalk(series), labelWalk(mirrorSeries(series))];
        assert.deepEqual(plain.endIndex, mirrored.endIndex);
        plain.label.forEach((label, row) => {
          const other = mirrored.label[row] ?? Number.NaN;
          if (Number.isNaN(label)) assert.ok(Number.isNaN(other));
          else assert.ok(other === 1 - label || (other === 0 && label === 0));
        });
      }),
      PROPERTY_RUNS,
    );
  });
});
