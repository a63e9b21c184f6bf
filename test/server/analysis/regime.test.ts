import assert from 'node:assert/strict';
import { candleCloseTime } from '@fast-scanner/server/analysis/candle-close-time.ts';
import { computeLogIndicators } from '@fast-scanner/server/analysis/log-indicators.ts';
import { computeMarketRegime } from '@fast-scanner/server/analysis/regime.ts';
import { regimeConfidence } from '@fast-scanner/server/analysis/regime-confidence.ts';
import { walkRegimes } from '@fast-scanner/server/analysis/regime-walk.ts';
import { type CandleSeries, marketRegimeSchema, ScannerError, sliceSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import { arbitraryWalk, pathSeries, walkSeries } from './support/analysis-series.ts';
import { assertFinite } from './support/assert-finite.ts';
import { PROPERTY_RUNS } from './support/property-runs.ts';

const SIDEWAYS = [0, 0.5, 0, -0.5];
const sideways = (count: number) =>
  Array.from({ length: count }, (_, index) => 100 + (SIDEWAYS[index % 4] ?? 0));

function regimeOf(series: CandleSeries) {
  return marketRegimeSchema.strict().parse(computeMarketRegime(series));
}

describe('market regime', () => {
  it('is bull in a clear up-trend, bear in a clear down-trend, each with confidence and persistence', () => {
    const up = regimeOf(walkSeries({ seed: 3, count: 300, drift: 0.004 }));
    const down = regimeOf(walkSeries({ seed: 3, count: 300, drift: -0.004 }));
    assert.deepEqual([up.regime, down.regime], ['bull', 'bear']);
    assert.ok(up.confidence > 0.6 && down.confidence > 0.6);
    assert.deepEqual([up.persistence, down.persistence], ['trending', 'trending']);
  });

  it('is ranging and mean reverting when price swings around one level', () => {
    const { regime, persistence, confidence } = regimeOf(pathSeries(sideways(300)));
    assert.deepEqual([regime, persistence], ['ranging', 'mean_reverting']);
    assert.ok(confidence > 0.8);
  });

  it('is ranging, and finite, when nothing moves', () => {
    const flat = regimeOf(
      pathSeries(
        Array.from({ length: 300 }, () => 100),
        { shadow: 0 },
      ),
    );
    assert.deepEqual([flat.regime, flat.efficiencyRatio, flat.volatilityPercentile], ['ranging', 0, 50]);
    assertFinite(flat);
  });

  it('began with the first candle whose own data says so', () => {
    const rise = Array.from({ length: 60 }, (_, index) => 100 * 1.01 ** (index + 1));
    const series = pathSeries([...sideways(200), ...rise]);
    const regimes = Array.from(
      { length: 260 - 60 },
      (_, index) => regimeOf(sliceSeries(series, 0, index + 61)).regime,
    );
    const start = regimes.indexOf('bull');
    assert.ok(start > 0 && regimes.slice(start).every((regime) => regime === 'bull'));
    assert.equal(regimeOf(series).since, candleCloseTime(series, start + 60));
  });

  it('leaves `since` open when the regime is older than the data', () => {
    const closes = Array.from({ length: 120 }, (_, index) => 100 * 1.01 ** index);
    assert.deepEqual(
      [regimeOf(pathSeries(closes)).regime, regimeOf(pathSeries(closes)).since],
      ['bull', null],
    );
  });

  it('holds a trend while ADX lies between its exit and its entry', () => {
    const indicators = computeLogIndicators(walkSeries({ seed: 3, count: 100, drift: 0.004 }));
    const gapOpen = { ...indicators, ema20: indicators.ema50.map((value) => value + 0.05) };
    const withAdx = (adx: readonly number[]) =>
      walkRegimes({
        ...gapOpen,
        adx: new Float64Array(100).fill(10).map((value, index) => adx[index - 94] ?? value),
      });
    assert.deepEqual(withAdx([22, 24.9, 25, 22, 20, 19.9]).slice(-6), [
      'ranging',
      'ranging',
      'bull',
      'bull',
      'bull',
      'ranging',
    ]);
  });

  it('takes a side a quarter of an ATR away from the cross and keeps it up to the cross', () => {
    const indicators = computeLogIndicators(walkSeries({ seed: 3, count: 100 }));
    const gaps = [0.2, 0.3, 0.1, 0.01, -0.01, -0.2, -0.3];
    const walked = walkRegimes({
      ...indicators,
      adx: new Float64Array(100).fill(40),
      ema20: indicators.ema50.map(
        (value, index) => value + (gaps[index - 93] ?? 0) * (indicators.atr[index] ?? 0),
      ),
    });
    assert.deepEqual(walked.slice(-7), ['ranging', 'bull', 'bull', 'bull', 'ranging', 'ranging', 'bear']);
  });

  it('ranks volatility within its own history, not by size', () => {
    const withLastSpread = (spread: number) => {
      const calm = walkSeries({ seed: 8, count: 300, spread: 0.01 });
      const closes = Array.from(calm.close);
      const tail = Array.from(
        { length: 20 },
        (_, index) => (closes[299] ?? 100) * (1 + (index % 2) * spread),
      );
      return regimeOf(pathSeries([...closes, ...tail], { shadow: spread }));
    };
    assert.equal(withLastSpread(0.05).volatility, 'high');
    assert.equal(withLastSpread(0.00005).volatility, 'low');
  });

  it('does not rank volatility without enough history', () => {
    const short = regimeOf(walkSeries({ seed: 1, count: 110 }));
    assert.deepEqual([short.volatility, short.volatilityPercentile], ['medium', null]);
    assert.match(short.rationale, /volatility unknown/);
  });

  it('is more confident of a trend, and less of a range, the stronger ADX, gap and efficiency are', () => {
    const evidence = fc.record({
      adx: fc.double({ min: 0, max: 60, noNaN: true }),
      gapAtrs: fc.double({ min: 0, max: 3, noNaN: true }),
      efficiencyRatio: fc.double({ min: 0, max: 0.9, noNaN: true }),
    });
    const key = fc.constantFrom('adx', 'gapAtrs', 'efficiencyRatio') satisfies fc.Arbitrary<
      'adx' | 'gapAtrs' | 'efficiencyRatio'
    >;
    fc.assert(
      fc.property(evidence, key, fc.double({ min: 0, max: 0.1, noNaN: true }), (before, name, more) => {
        const after = { ...before, [name]: before[name] + more };
        assert.ok(regimeConfidence('bull', after) >= regimeConfidence('bull', before) - 1e-12);
        assert.ok(regimeConfidence('ranging', after) <= regimeConfidence('ranging', before) + 1e-12);
        const missing = { ...before, [name]: null };
        assert.ok(regimeConfidence('bear', missing) <= regimeConfidence('bear', before));
        assert.ok(regimeConfidence('ranging', missing) <= regimeConfidence('ranging', before));
      }),
      PROPERTY_RUNS,
    );
  });

  it('meets the contract on every walk, and refuses too few candles', () => {
    fc.assert(
      fc.property(arbitraryWalk(), (series) => assertFinite(regimeOf(series))),
      PROPERTY_RUNS,
    );
    assert.throws(() => computeMarketRegime(walkSeries({ seed: 1, count: 59 })), ScannerError);
  });
});
