import assert from 'node:assert/strict';
import { MIN_CANDLES, WARMUP_CANDLES } from '@fast-scanner/server/analysis/candle-requirements.ts';
import { computeQuickAnalysis, SPARKLINE_CANDLES } from '@fast-scanner/server/analysis/quick-analysis.ts';
import {
  type CandleSeries,
  quickSignalSchema,
  ScannerError,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { FIRST_OPEN_TIME, pathSeries, scaleSeries, walkSeries } from './support/analysis-series.ts';
import { assertFinite } from './support/assert-finite.ts';

const analysisSchema = quickSignalSchema.pick({
  signal: true,
  score: true,
  strength: true,
  rsi: true,
  macd: true,
  indicators: true,
  factors: true,
  candleCloseTime: true,
  sparkline: true,
  warmupOk: true,
});

/** The analysis, checked against the wire contract. */
function analyze(series: CandleSeries) {
  const analysis = computeQuickAnalysis(series);
  assertFinite(analysis);
  return analysisSchema.strict().parse(analysis);
}

describe('quick analysis', () => {
  it('says BUY in a clear up-trend and SELL in a clear down-trend', () => {
    const up = analyze(walkSeries({ seed: 3, count: 300, drift: 0.004 }));
    const down = analyze(walkSeries({ seed: 3, count: 300, drift: -0.004 }));
    assert.deepEqual([up.signal, down.signal], ['BUY', 'SELL']);
    assert.ok(up.strength > 50 && down.strength > 50);
  });

  it('says HOLD in a sideways market', () => {
    const offsets = [0, 0.5, 0, -0.5];
    const closes = Array.from({ length: 300 }, (_, index) => 100 + (offsets[index % 4] ?? 0));
    assert.equal(analyze(pathSeries(closes)).signal, 'HOLD');
  });

  it('says HOLD with score 0 and RSI 50 in a market that does not move at all', () => {
    const analysis = analyze(
      pathSeries(
        Array.from({ length: 300 }, () => 100),
        { shadow: 0 },
      ),
    );
    assert.deepEqual(
      [analysis.signal, analysis.score, analysis.rsi, analysis.macd],
      ['HOLD', 0, 50, 'neutral'],
    );
    const silent = analysis.factors.filter(({ rationale }) => rationale.startsWith('no evidence'));
    assert.deepEqual(
      silent.map(({ name }) => name),
      ['ema_stack', 'ema_slope', 'adx_di', 'macd_histogram', 'bollinger_position', 'volume'],
    );
  });

  it('says which side of its signal line the MACD line is on', () => {
    const rising = Array.from({ length: 100 }, (_, index) => 100 + Math.max(0, index - 80));
    const falling = Array.from({ length: 100 }, (_, index) => 100 - Math.max(0, index - 80));
    assert.equal(analyze(pathSeries(rising)).macd, 'bullish');
    assert.equal(analyze(pathSeries(falling)).macd, 'bearish');
  });

  it('stays finite without volume, at tiny and at huge prices', () => {
    const walk = walkSeries({ seed: 5, count: 300 });
    const silent = analyze({ ...walk, volume: new Float64Array(300) });
    assert.equal(silent.indicators.volumeRatio, null);
    assert.match(silent.factors.find(({ name }) => name === 'volume')?.rationale ?? '', /^no evidence/);
    analyze(scaleSeries(walk, 1e-10));
    analyze(scaleSeries(walk, 1e7));
  });

  it('stays finite when a market falls asleep after it moved', () => {
    const awake = Array.from({ length: 100 }, (_, index) => 100 + Math.sin(index));
    const asleep = Array.from({ length: 400 }, () => 100);
    const analysis = analyze(
      pathSeries([...awake, ...asleep], { shadow: 0, volume: (index) => (index < 100 ? 50 : 0) }),
    );
    assert.deepEqual([analysis.signal, analysis.macd], ['HOLD', 'neutral']);
  });

  it('refuses fewer than the minimum of candles and analyses exactly that many', () => {
    assert.equal(analyze(walkSeries({ seed: 1, count: MIN_CANDLES })).factors.length, 8);
    for (let count = 0; count < MIN_CANDLES; count += 1) {
      assert.throws(() => computeQuickAnalysis(walkSeries({ seed: 1, count })), ScannerError);
    }
    assert.throws(
      () => computeQuickAnalysis(walkSeries({ seed: 1, count: MIN_CANDLES - 1 })),
      (error) =>
        error instanceof ScannerError && error.code === 'insufficient_data' && /59/.test(error.message),
    );
  });

  it('says whether there were enough candles for every indicator to converge', () => {
    assert.equal(analyze(walkSeries({ seed: 1, count: WARMUP_CANDLES - 1 })).warmupOk, false);
    assert.equal(analyze(walkSeries({ seed: 1, count: WARMUP_CANDLES })).warmupOk, true);
  });

  it('shows EMA 200 from 700 candles on and never scores it', () => {
    assert.equal(analyze(walkSeries({ seed: 1, count: 699 })).indicators.ema.ema200, null);
    const analysis = analyze(walkSeries({ seed: 1, count: 700 }));
    assert.ok(analysis.indicators.ema.ema200);
    assert.ok(!analysis.factors.some(({ rationale }) => rationale.includes('200')));
  });

  it('carries the newest closes and the close time of the newest candle', () => {
    const series = walkSeries({ seed: 2, count: 80, timeframe: '15m' });
    const { sparkline, candleCloseTime } = analyze(series);
    assert.deepEqual(sparkline, Array.from(series.close).slice(-SPARKLINE_CANDLES));
    assert.equal(candleCloseTime, toIsoTime(FIRST_OPEN_TIME + 80 * timeframeMs('15m')));
  });

  it('shows indicators in ordinary price units', () => {
    const { indicators } = analyze(walkSeries({ seed: 2, count: 300, price: 5_000 }));
    assert.ok((indicators.ema.ema20 ?? 0) > 1_000);
    assert.ok((indicators.bollinger.upper ?? 0) > (indicators.bollinger.lower ?? 0));
    assert.ok((indicators.atrPct ?? 0) > 0.1 && (indicators.atrPct ?? 0) < 10);
  });
});
