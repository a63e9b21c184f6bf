import assert from 'node:assert/strict';
import { computeDeepAnalysis, type DeepAnalysisResult } from '@fast-scanner/server/analysis/deep-analysis.ts';
import { computeLogIndicators } from '@fast-scanner/server/analysis/log-indicators.ts';
import { computeQuickAnalysis } from '@fast-scanner/server/analysis/quick-analysis.ts';
import { readQuick } from '@fast-scanner/server/analysis/quick-readings.ts';
import { SIGNAL_CUTOFF } from '@fast-scanner/server/analysis/quick-signal.ts';
import { computeMarketRegime } from '@fast-scanner/server/analysis/regime.ts';
import { walkRegimes } from '@fast-scanner/server/analysis/regime-walk.ts';
import { findSwings, SWING_LOOKBACK } from '@fast-scanner/server/analysis/swings.ts';
import {
  type CandleSeries,
  columnsFromRows,
  createSeries,
  rowsFromColumns,
  sliceSeries,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { arbitraryWalk, mirrorSeries, scaleSeries } from './support/analysis-series.ts';
import { assertClose } from './support/assert-close.ts';
import { PROPERTY_RUNS } from './support/property-runs.ts';

/** Logarithms and reciprocals round in the 16th digit; an ATR is about 1e-2 of the price, so scores agree far better than this. */
const TOLERANCE = 1e-9;
const SWAPPED = {
  BUY: 'SELL',
  SELL: 'BUY',
  HOLD: 'HOLD',
  bull: 'bear',
  bear: 'bull',
  ranging: 'ranging',
  long: 'short',
  short: 'long',
  none: 'none',
  bullish: 'bearish',
  bearish: 'bullish',
  neutral: 'neutral',
} as const;

/** The whole series, and its first two thirds as another timeframe, so that timeframes can disagree. */
function analyzeDeeply(series: CandleSeries): DeepAnalysisResult {
  const older = sliceSeries(series, 0, Math.max(60, Math.floor((series.length * 2) / 3)));
  return computeDeepAnalysis({
    primary: series,
    timeframes: [
      { timeframe: '1h', series, detail: null },
      { timeframe: '4h', series: older, detail: null },
      { timeframe: '1d', series: null, detail: 'not listed' },
    ],
    tickSize: null,
  });
}

/** Scores on the very edge of the cut-off may fall to either side of it by rounding. */
const isOnEdge = (score: number) => Math.abs(Math.abs(score) - SIGNAL_CUTOFF) < TOLERANCE;

function assertSameScores(actual: DeepAnalysisResult, expected: DeepAnalysisResult): void {
  assertClose(actual.opportunity_score, expected.opportunity_score, 100 * TOLERANCE);
  actual.factors.forEach(({ value }, index) => {
    assertClose(value, expected.factors[index]?.value ?? null, TOLERANCE);
  });
  const [left, right] = [actual.market_regime, expected.market_regime];
  assertClose(left.confidence, right.confidence, TOLERANCE);
  assertClose(left.volatilityPercentile, right.volatilityPercentile, TOLERANCE);
  assertClose(left.efficiencyRatio, right.efficiencyRatio, TOLERANCE);
  assert.deepEqual(
    [left.volatility, left.persistence, left.since],
    [right.volatility, right.persistence, right.since],
  );
}

describe('laws of the scores', () => {
  it('scale: multiplying all prices changes no score and no regime', () => {
    const factor = fc.double({ min: -8, max: 7, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(arbitraryWalk(), factor, (series, k) => {
        const [before, after] = [series, scaleSeries(series, k)];
        const [quick, scaledQuick] = [computeQuickAnalysis(before), computeQuickAnalysis(after)];
        fc.pre(!isOnEdge(quick.score));
        assertClose(scaledQuick.score, quick.score, TOLERANCE);
        assert.equal(scaledQuick.signal, quick.signal);
        const [deep, scaledDeep] = [analyzeDeeply(before), analyzeDeeply(after)];
        assertSameScores(scaledDeep, deep);
        assert.equal(scaledDeep.market_regime.regime, deep.market_regime.regime);
        assert.equal(scaledDeep.direction, deep.direction);
        assert.deepEqual(scaledDeep.patterns, deep.patterns);
        assertClose(scaledDeep.sl_tp?.riskReward ?? null, deep.sl_tp?.riskReward ?? null, 1e-6);
      }),
      PROPERTY_RUNS,
    );
  });

  it('mirror: reciprocal prices swap BUY and SELL, bull and bear, long and short (within 1e-9)', () => {
    fc.assert(
      fc.property(arbitraryWalk(), (series) => {
        const mirrored = mirrorSeries(series);
        const [quick, mirroredQuick] = [computeQuickAnalysis(series), computeQuickAnalysis(mirrored)];
        fc.pre(!isOnEdge(quick.score));
        assertClose(mirroredQuick.score, -quick.score, TOLERANCE);
        assert.equal(mirroredQuick.signal, SWAPPED[quick.signal]);
        const [deep, mirroredDeep] = [analyzeDeeply(series), analyzeDeeply(mirrored)];
        assertSameScores(mirroredDeep, deep);
        assert.equal(mirroredDeep.market_regime.regime, SWAPPED[deep.market_regime.regime]);
        assert.equal(mirroredDeep.direction, SWAPPED[deep.direction]);
        assert.equal(mirroredDeep.confluence.bias, SWAPPED[deep.confluence.bias]);
        assert.equal(mirroredDeep.confluence.alignment, deep.confluence.alignment);
      }),
      PROPERTY_RUNS,
    );
  });

  it('truncation: readings and regimes at a candle are the same with and without the candles after it', () => {
    fc.assert(
      fc.property(arbitraryWalk({ minCount: 120 }), fc.integer({ min: 60, max: 119 }), (series, length) => {
        const cut = sliceSeries(series, 0, length);
        const [whole, part] = [computeLogIndicators(series), computeLogIndicators(cut)];
        assert.deepEqual(readQuick(whole, length - 1), readQuick(part, length - 1));
        const regimes = walkRegimes(part);
        assert.deepEqual(walkRegimes(whole).slice(0, length), regimes);
        assert.equal(computeMarketRegime(cut).regime, regimes.at(-1));
      }),
      PROPERTY_RUNS,
    );
  });

  it('truncation: a swing is known only after its candles, and stays what it was', () => {
    fc.assert(
      fc.property(arbitraryWalk({ minCount: 70, maxCount: SWING_LOOKBACK }), (series) => {
        const cut = sliceSeries(series, 0, 60);
        const [whole, part] = [findSwings(series), findSwings(cut)];
        const [newestHighs, newestLows] = [cut.high.subarray(-3), cut.low.subarray(-3)];
        for (const high of part.highs) assert.ok(whole.highs.includes(high) && !newestHighs.includes(high));
        for (const low of part.lows) assert.ok(whole.lows.includes(low) && !newestLows.includes(low));
      }),
      PROPERTY_RUNS,
    );
  });

  it('truncation: a view into a longer series is analysed as if the rest did not exist', () => {
    fc.assert(
      fc.property(arbitraryWalk({ minCount: 120 }), fc.integer({ min: 60, max: 119 }), (series, length) => {
        const cut = sliceSeries(series, 0, length);
        const copy = createSeries(series.symbol, series.timeframe, columnsFromRows(rowsFromColumns(cut)));
        assert.deepEqual(analyzeDeeply(cut), analyzeDeeply(copy));
      }),
      PROPERTY_RUNS,
    );
  });

  it('determinism: the same candles give the same result and are left as they were', () => {
    fc.assert(
      fc.property(arbitraryWalk(), (series) => {
        const before = rowsFromColumns(series);
        const [first, second] = [analyzeDeeply(series), analyzeDeeply(series)];
        assert.deepEqual(first, second);
        assert.deepEqual(structuredClone(first), first);
        assert.deepEqual(rowsFromColumns(series), before);
      }),
      PROPERTY_RUNS,
    );
  });
});
