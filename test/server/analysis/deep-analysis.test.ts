import assert from 'node:assert/strict';
import { computeDeepAnalysis, type DeepAnalysisInput } from '@fast-scanner/server/analysis/deep-analysis.ts';
import { computeQuickAnalysis } from '@fast-scanner/server/analysis/quick-analysis.ts';
import { type CandleSeries, deepAnalysisSchema, ScannerError } from '@fast-scanner/shared';
import fc from 'fast-check';
import { arbitraryWalk, pathSeries, scaleSeries, walkSeries } from './support/analysis-series.ts';
import { assertClose } from './support/assert-close.ts';
import { assertFinite } from './support/assert-finite.ts';
import { PROPERTY_RUNS } from './support/property-runs.ts';

const resultSchema = deepAnalysisSchema.omit({ timestamp: true, provenance: true }).strict();

/** The analysis of one timeframe, checked against the wire contract. */
function analyze(primary: CandleSeries, more: Partial<DeepAnalysisInput> = {}) {
  const timeframes = [{ timeframe: primary.timeframe, series: primary, detail: null }];
  const result = computeDeepAnalysis({ primary, timeframes, tickSize: null, ...more });
  assertFinite(result);
  return resultSchema.parse(result);
}

describe('deep analysis', () => {
  it('sees a long opportunity in a clear up-trend and a short one in a clear down-trend', () => {
    const up = analyze(walkSeries({ seed: 3, count: 500, drift: 0.004 }));
    const down = analyze(walkSeries({ seed: 3, count: 500, drift: -0.004 }));
    assert.deepEqual(
      [up.direction, up.market_regime.regime, up.confluence.bias],
      ['long', 'bull', 'bullish'],
    );
    assert.deepEqual(
      [down.direction, down.market_regime.regime, down.confluence.bias],
      ['short', 'bear', 'bearish'],
    );
    assert.ok(up.opportunity_score > 60 && down.opportunity_score > 60);
  });

  it('sees no opportunity in a market that goes nowhere, and says why there is no plan', () => {
    const sideways = pathSeries(
      Array.from({ length: 500 }, (_, index) => 100 + ([0, 0.5, 0, -0.5][index % 4] ?? 0)),
    );
    const flat = pathSeries(
      Array.from({ length: 500 }, () => 100),
      { shadow: 0, volume: () => 0 },
    );
    for (const result of [analyze(sideways), analyze(flat)]) {
      assert.deepEqual([result.direction, result.opportunity_score, result.sl_tp], ['none', 0, null]);
      assert.equal(result.market_regime.regime, 'ranging');
      assert.match(result.sl_tp_reason ?? '', /HOLD/);
    }
  });

  it('plans on the side of the signal, rounded to the tick of the market', () => {
    const plans = Array.from({ length: 30 }, (_, seed) =>
      analyze(walkSeries({ seed, count: 300, drift: 0.002 }), { tickSize: 0.5 }),
    ).filter(({ sl_tp }) => sl_tp !== null);
    assert.ok(plans.length > 0);
    for (const { sl_tp, sl_tp_reason, direction } of plans) {
      assert.deepEqual([sl_tp?.direction, sl_tp_reason], [direction, null]);
      assert.equal((sl_tp?.stopLoss ?? 0) % 0.5, 0);
    }
  });

  it('hands the minimum risk/reward on', () => {
    const primary = walkSeries({ seed: 3, count: 500, drift: 0.004 });
    assert.match(analyze(primary, { minRiskReward: 50 }).sl_tp_reason ?? '', /minimum 50/);
  });

  it('asks every timeframe, and counts the missing ones against the opportunity', () => {
    const primary = walkSeries({ seed: 3, count: 500, drift: 0.004 });
    const own = { timeframe: primary.timeframe, series: primary, detail: null };
    const missing = { timeframe: '1d', series: null, detail: 'not listed' } as const;
    const higher = {
      timeframe: '4h',
      series: walkSeries({ seed: 4, count: 500, drift: 0.004 }),
      detail: null,
    } as const;
    const { confluence, opportunity_score } = analyze(primary, { timeframes: [own, higher, missing] });
    assert.deepEqual(
      [confluence.agreeing, confluence.missing, confluence.alignment],
      [['1h', '4h'], ['1d'], 2 / 3],
    );
    assert.ok(opportunity_score < analyze(primary, { timeframes: [own, higher] }).opportunity_score);
  });

  it('votes with the very quick signal of its own timeframe', () => {
    const primary = walkSeries({ seed: 9, count: 500 });
    const [vote] = analyze(primary).confluence.timeframes;
    assert.equal(vote?.score, computeQuickAnalysis(primary).score);
  });

  it('reads trend and momentum from the factors of the quick signal', () => {
    const primary = walkSeries({ seed: 3, count: 500, drift: 0.004 });
    const quick = computeQuickAnalysis(primary).factors;
    const { factors, market_regime } = analyze(primary);
    const readingOf = (name: string) => factors.find((factor) => factor.name === name)?.value ?? null;
    const meanOf = (...names: string[]) => {
      const chosen = quick.filter(({ name }) => names.includes(name));
      const weight = chosen.reduce((sum, factor) => sum + factor.weight, 0);
      return chosen.reduce((sum, factor) => sum + factor.contribution, 0) / weight;
    };
    const trend = meanOf('ema_stack', 'ema_slope', 'adx_di');
    assertClose(readingOf('trend'), 0.6 * trend + 0.4 * market_regime.confidence, 1e-12);
    const momentum = meanOf('rsi_zone', 'rsi_direction', 'macd_histogram', 'bollinger_position');
    assertClose(readingOf('momentum'), momentum, 1e-12);
  });

  it('predicts nothing without a model and says so', () => {
    const { ml_prediction, ml_prediction_reason } = analyze(walkSeries({ seed: 9, count: 100 }));
    assert.equal(ml_prediction, null);
    assert.match(ml_prediction_reason ?? '', /^no model was given$/);
  });

  it('meets the contract with finite numbers on every walk, at tiny and at huge prices, with and without volume', () => {
    const factor = fc.constantFrom(1, 1e-10, 1e7);
    fc.assert(
      fc.property(arbitraryWalk(), factor, fc.boolean(), (walk, k, silent) => {
        const series = scaleSeries(walk, k);
        analyze(silent ? { ...series, volume: new Float64Array(series.length) } : series);
      }),
      PROPERTY_RUNS,
    );
  });

  it('refuses a primary series that is too short', () => {
    assert.throws(
      () => analyze(walkSeries({ seed: 1, count: 59 })),
      (error) => error instanceof ScannerError && error.code === 'insufficient_data',
    );
  });
});
