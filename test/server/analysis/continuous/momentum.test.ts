import assert from 'node:assert/strict';
import type { ClusteringReading } from '@fast-scanner/server/analysis/continuous/clustering.ts';
import { computeMomentum } from '@fast-scanner/server/analysis/continuous/momentum.ts';
import { newestRealisedVolatility } from '@fast-scanner/server/analysis/continuous/realised-volatility.ts';
import { ScannerError, sliceSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import { pathSeries } from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { arbitraryMarket, backAndForth, movesSeries, newestVolumes, STEP } from './moves-series.ts';

const NO_CLUSTERS: ClusteringReading = {
  clustering: {
    trend_formation_signal: false,
    cluster_strength: 0,
    total_clusters: 0,
    bullish_clusters: 0,
    bearish_clusters: 0,
    directional_ratio: 0,
    follow_through: 0,
  },
  lastDirection: 0,
};

function risingClusters(strength: number): ClusteringReading {
  const clustering = { ...NO_CLUSTERS.clustering, trend_formation_signal: true, cluster_strength: strength };
  return { clustering, lastDirection: 1 };
}

/** Ten steps up after ninety that cancel out: the returns have σ = 1 step exactly, so z = √10. */
const TEN_UP = [...backAndForth(90), ...new Array<number>(10).fill(STEP)];
/** Six up and four down: σ = √(99.96 / 99) steps, z = 2 / (σ √10) = 0.62941, base = 47.0920. */
const SIX_UP = [...backAndForth(90), ...[1, -1, 1, -1, -1, -1, 1, 1, 1, 1].map((sign) => sign * STEP)];
const SIX_UP_BASE = 47.092_011_498_2;

/** The same five volumes as the newest of twenty, the others 100. */
const newestFive = (volume: number) => newestVolumes(SIX_UP.length, new Array<number>(5).fill(volume));

function scoreOf(
  moves: readonly number[],
  volume?: (index: number) => number,
  clusters = NO_CLUSTERS,
): number {
  return computeMomentum(movesSeries(moves, volume ? { volume } : {}), clusters).momentum.momentum_score;
}

describe('momentum', () => {
  it('measures the move in σ of a hundred returns: √10 σ are 99.8435 %', () => {
    const { momentum, direction } = computeMomentum(movesSeries(TEN_UP), NO_CLUSTERS);
    assertClose(newestRealisedVolatility(movesSeries(TEN_UP).close, 100), STEP, 1e-15);
    assertClose(momentum.momentum_score, 99.843_459_774_2, 1e-9);
    assertClose(momentum.price_change_pct, 100 * (Math.exp(0.1) - 1), 1e-9);
    assert.deepEqual(
      [momentum.volume_ratio, momentum.cluster_validated, momentum.strength_classification, direction],
      [1, false, 'strong', 1],
    );
  });

  it('is weak for 0.63 σ, and the same with the market upside down', () => {
    const down = computeMomentum(movesSeries(SIX_UP.map((move) => -move)), NO_CLUSTERS);
    assertClose(scoreOf(SIX_UP), SIX_UP_BASE, 1e-9);
    assertClose(down.momentum.momentum_score, SIX_UP_BASE, 1e-9);
    assert.deepEqual([down.direction, down.momentum.strength_classification], [-1, 'weak']);
  });

  it('lets half the usual volume square the share, and 1.5 times of it lift the share to its power 2/3', () => {
    assertClose(scoreOf(SIX_UP, newestFive(300 / 7)), 22.176_575_469_5, 1e-9);
    assertClose(scoreOf(SIX_UP, newestFive(180)), 60.529_185_171_6, 1e-9);
    assertClose(scoreOf(SIX_UP, newestFive(9_000)), 60.529_185_171_6, 1e-9);
    assertClose(scoreOf(SIX_UP, newestFive(0)), 22.176_575_469_5, 1e-9);
  });

  it('reads the volume ratio as it is, and nothing traded as no confirmation', () => {
    const ratioOf = (volume: (index: number) => number) =>
      computeMomentum(movesSeries(SIX_UP, { volume }), NO_CLUSTERS).momentum.volume_ratio;
    assertClose(ratioOf(newestFive(300)), 2, 1e-12);
    assert.equal(ratioOf(newestFive(0)), 0);
    assert.equal(
      ratioOf(() => 0),
      null,
    );
    assertClose(
      scoreOf(SIX_UP, () => 0),
      22.176_575_469_5,
      1e-9,
    );
  });

  it('is raised by a trend of clusters that goes its way, up to 100', () => {
    assertClose(scoreOf(SIX_UP, undefined, risingClusters(2 / 3)), (SIX_UP_BASE * 5) / 3, 1e-9);
    assert.equal(scoreOf(TEN_UP, undefined, risingClusters(1)), 100);
    const { momentum } = computeMomentum(movesSeries(SIX_UP), risingClusters(2 / 3));
    assert.deepEqual([momentum.cluster_validated, momentum.strength_classification], [true, 'moderate']);
  });

  it('is strong above 80 and moderate above 50', () => {
    const strengthOf = (volume: number, clusters = NO_CLUSTERS) =>
      computeMomentum(movesSeries(SIX_UP, { volume: newestFive(volume) }), clusters).momentum
        .strength_classification;
    // 47.0920 · 1.70 = 80.06 and · 1.69 = 79.59; to its power 1/1.10 50.43 and 1/1.08 49.79.
    assert.deepEqual(
      [strengthOf(100, risingClusters(0.7)), strengthOf(100, risingClusters(0.69))],
      ['strong', 'moderate'],
    );
    assert.deepEqual([strengthOf(82.5 / 0.725), strengthOf(81 / 0.73)], ['moderate', 'weak']);
  });

  it('is not raised by a strength of 0.5, without a trend, or by clusters against it', () => {
    const noTrend = { ...NO_CLUSTERS.clustering, cluster_strength: 1 };
    assert.equal(scoreOf(SIX_UP, undefined, risingClusters(0.5)), scoreOf(SIX_UP));
    assert.equal(scoreOf(SIX_UP, undefined, { clustering: noTrend, lastDirection: 1 }), scoreOf(SIX_UP));
    assert.equal(scoreOf(SIX_UP, undefined, { ...risingClusters(1), lastDirection: -1 }), scoreOf(SIX_UP));
  });

  it('is 0 for flat prices and for a move that was taken back, 100 for a straight line', () => {
    const flat = computeMomentum(pathSeries(new Array<number>(101).fill(5)), risingClusters(1));
    assert.deepEqual(
      [flat.direction, flat.momentum.momentum_score, flat.momentum.cluster_validated],
      [0, 0, false],
    );
    assert.equal(scoreOf(backAndForth(100)), 0);
    assert.equal(scoreOf(new Array<number>(100).fill(STEP)), 100);
  });

  it('reads the newest 101 candles and needs them', () => {
    fc.assert(
      fc.property(arbitraryMarket(), (series) => {
        const newest = sliceSeries(series, -101);
        assert.deepEqual(computeMomentum(newest, NO_CLUSTERS), computeMomentum(series, NO_CLUSTERS));
        assert.throws(
          () => computeMomentum(sliceSeries(series, -100), NO_CLUSTERS),
          (error) => error instanceof ScannerError && error.code === 'insufficient_data',
        );
      }),
      PROPERTY_RUNS,
    );
  });

  it('monotone: more volume in the newest candles, or a stronger trend, never lowers it', () => {
    const growth = fc.double({ min: 1, max: 20, noNaN: true });
    const strength = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(arbitraryMarket(), growth, strength, strength, (series, factor, left, right) => {
        const grown = series.volume.map((volume, index) =>
          index < series.length - 5 ? volume : volume * factor,
        );
        const scored = (volume: Float64Array, trend: number) =>
          computeMomentum({ ...series, volume }, risingClusters(trend)).momentum.momentum_score;
        const [low, high] = left < right ? [left, right] : [right, left];
        assert.ok(scored(grown, low) >= scored(series.volume, low));
        assert.ok(scored(series.volume, high) >= scored(series.volume, low));
      }),
      PROPERTY_RUNS,
    );
  });
});
