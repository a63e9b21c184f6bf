import assert from 'node:assert/strict';
import {
  type ClusteringReading,
  type ClusteringRules,
  computeClustering,
} from '@fast-scanner/server/analysis/continuous/clustering.ts';
import { type CandleRow, columnsFromRows, ScannerError, sliceSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { arbitraryMarket } from './moves-series.ts';

const RULES: ClusteringRules = {
  volume_threshold_multiplier: 2,
  cluster_trend_threshold: 0.7,
  cluster_followthrough_threshold: 0.5,
};

/**
 * Twenty candles as letters, oldest first: u up, d down, x without direction; capitals on ten times the volume. What is left
 * out at the beginning goes up on usual volume. With up to eight capitals (mean ≤ 4.6) a capital is above twice the mean.
 */
function read(letters: string, rules: Partial<ClusteringRules> = {}): ClusteringReading {
  const rows = [...letters.padStart(20, 'u')].map((letter, index): CandleRow => {
    const move = { u: 1, d: -1, x: 0 }[letter.toLowerCase()] ?? Number.NaN;
    return [index, 100, 102, 98, 100 + move, letter === letter.toUpperCase() ? 10 : 1];
  });
  return computeClustering(columnsFromRows(rows), { ...RULES, ...rules });
}

const countsOf = (letters: string) => {
  const { total_clusters, bullish_clusters, bearish_clusters } = read(letters).clustering;
  return [total_clusters, bullish_clusters, bearish_clusters];
};

describe('clustering', () => {
  it('takes adjacent high-volume candles of one direction as one cluster', () => {
    assert.deepEqual(countsOf('UUU'), [1, 1, 0]);
    assert.deepEqual(countsOf('UuU'), [2, 2, 0]);
    assert.deepEqual(countsOf('UUDDU'), [3, 2, 1]);
    assert.deepEqual(countsOf('d'), [0, 0, 0]);
  });

  it('lets a candle without direction close a cluster and be none itself', () => {
    assert.deepEqual(countsOf('UXU'), [2, 2, 0]);
    assert.deepEqual(countsOf('XXX'), [0, 0, 0]);
  });

  it('has the larger side, the share that follows the last cluster, and their product', () => {
    const { clustering, lastDirection } = read('UduDuUuUudu');
    assert.deepEqual(countsOf('UduDuUuUudu'), [4, 3, 1]);
    assert.equal(clustering.directional_ratio, 0.75);
    assertClose(clustering.follow_through, 2 / 3, 1e-15);
    assertClose(clustering.cluster_strength, 0.5, 1e-15);
    assert.deepEqual([clustering.trend_formation_signal, lastDirection], [true, 1]);
  });

  it('counts as following only what goes the way of the last cluster, whatever its volume', () => {
    assert.equal(read('Uuddd').clustering.follow_through, 0);
    assert.equal(read('Duddd').clustering.follow_through, 1);
    assertClose(read('Udxu').clustering.follow_through, 1 / 3, 1e-15);
    assert.equal(read('DUUU').lastDirection, 1);
  });

  it('sees a trend only above both thresholds', () => {
    const trend = (letters: string, rules?: Partial<ClusteringRules>) =>
      read(letters, rules).clustering.trend_formation_signal;
    assert.equal(trend('UuDuUuuu'), false, 'two of three are 0.67');
    assert.equal(trend('UuDuUuuu', { cluster_trend_threshold: 0.6 }), true);
    assert.equal(trend('DuUuUuUuu', { cluster_trend_threshold: 0.75 }), false, 'at it is not above it');
    assert.equal(trend('Uddu'), false, 'a third follows');
    assert.equal(trend('Uddu', { cluster_followthrough_threshold: 0.3 }), true);
    assert.equal(trend('Uduu', { cluster_followthrough_threshold: 2 / 3 }), false);
    assert.equal(trend('Uuuu', { cluster_followthrough_threshold: 0.99 }), true);
    assert.equal(trend(''), false);
  });

  it('calls volume high above the multiple of the mean of twenty, not at it', () => {
    const withVolume = (newest: number, multiplier: number) => {
      const rows = Array.from(
        { length: 20 },
        (_, index): CandleRow => [index, 100, 102, 98, 101, index === 19 ? newest : 1],
      );
      const rules = { ...RULES, volume_threshold_multiplier: multiplier };
      return computeClustering(columnsFromRows(rows), rules).clustering.total_clusters;
    };
    // Mean of nineteen 1 and one 21: 2.
    assert.equal(withVolume(21, 10), 1);
    assert.equal(withVolume(21, 10.5), 0);
    assert.equal(withVolume(1, 2), 0);
    assert.equal(withVolume(0, 2), 0);
  });

  it('is empty when nothing was traded', () => {
    const rows = Array.from({ length: 20 }, (_, index): CandleRow => [index, 100, 102, 98, 101, 0]);
    const { clustering, lastDirection } = computeClustering(columnsFromRows(rows), RULES);
    assert.deepEqual(Object.values(clustering), [false, 0, 0, 0, 0, 0, 0]);
    assert.equal(lastDirection, 0);
  });

  it('reads the newest 20 candles and needs them', () => {
    fc.assert(
      fc.property(arbitraryMarket(), (series) => {
        assert.deepEqual(
          computeClustering(sliceSeries(series, -20), RULES),
          computeClustering(series, RULES),
        );
      }),
      PROPERTY_RUNS,
    );
    assert.throws(
      () => computeClustering(columnsFromRows([]), RULES),
      (error) => error instanceof ScannerError && error.code === 'insufficient_data',
    );
  });
});
