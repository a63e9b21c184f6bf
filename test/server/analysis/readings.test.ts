import assert from 'node:assert/strict';
import { efficiencyRatioAt } from '@fast-scanner/server/analysis/efficiency-ratio.ts';
import { computeLogIndicators } from '@fast-scanner/server/analysis/log-indicators.ts';
import { newestPercentileRank } from '@fast-scanner/server/analysis/percentile-rank.ts';
import { readQuick } from '@fast-scanner/server/analysis/quick-readings.ts';
import { readStructure } from '@fast-scanner/server/analysis/structure.ts';
import { volumePressure } from '@fast-scanner/server/analysis/volume-pressure.ts';
import { pathSeries, walkSeries } from './support/analysis-series.ts';
import { assertClose } from './support/assert-close.ts';

const zigzag = (count: number) => Array.from({ length: count }, (_, index) => 100 + (index % 2));

describe('readings', () => {
  it('measure distances in ATRs of log prices, changes over fixed numbers of candles', () => {
    const indicators = computeLogIndicators(walkSeries({ seed: 2, count: 100 }));
    const at = (column: Float64Array, index = 99) => column[index] ?? Number.NaN;
    const { closeToEma20, ema20ToEma50, ema20Slope, rsiChange, macdHistogram } = readQuick(indicators, 99);
    const atr = at(indicators.atr);
    assertClose(closeToEma20, (at(indicators.candles.close) - at(indicators.ema20)) / atr, 1e-12);
    assertClose(ema20ToEma50, (at(indicators.ema20) - at(indicators.ema50)) / atr, 1e-12);
    assertClose(ema20Slope, (at(indicators.ema20) - at(indicators.ema20, 94)) / 5 / atr, 1e-12);
    assertClose(rsiChange, at(indicators.rsi) - at(indicators.rsi, 96), 1e-12);
    assertClose(macdHistogram, at(indicators.macdHistogram) / atr, 1e-12);
  });

  it('compare the newest volume with the twenty candles before it', () => {
    const series = pathSeries(zigzag(60), { volume: (index) => (index < 39 ? 9_999 : index < 59 ? 10 : 30) });
    assert.equal(readQuick(computeLogIndicators(series), 59).volumeRatio, 3);
    const silent = pathSeries(zigzag(60), { volume: (index) => (index === 59 ? 30 : 0) });
    assert.equal(readQuick(computeLogIndicators(silent), 59).volumeRatio, null);
  });

  it('have no value inside the warm-up', () => {
    const readings = readQuick(computeLogIndicators(walkSeries({ seed: 2, count: 60 })), 0);
    assert.deepEqual(
      Object.entries(readings).filter(([name, value]) => value !== null && name !== 'bodyShare'),
      [],
    );
  });

  it('weigh volume by the body of its candle, over the newest twenty candles only', () => {
    const rising = Array.from({ length: 60 }, (_, index) => (index < 40 ? 200 - index : 122 + index));
    const flatShadow = { shadow: 0 };
    assert.equal(volumePressure(computeLogIndicators(pathSeries(rising, flatShadow)).candles), 1);
    assertClose(volumePressure(computeLogIndicators(pathSeries(zigzag(60), flatShadow)).candles), 0, 1e-12);
    const silent = pathSeries(rising, { volume: () => 0 });
    assert.equal(volumePressure(computeLogIndicators(silent).candles), null);
  });

  it('see how straight the way was', () => {
    const line = new Float64Array(30).map((_, index) => index);
    assert.equal(efficiencyRatioAt(line, 29), 1);
    assert.equal(efficiencyRatioAt(Float64Array.from(zigzag(30)), 28), 0);
    assert.equal(efficiencyRatioAt(line.with(29, 18), 29), 9 / 29);
    assert.equal(efficiencyRatioAt(line, 19), null);
  });

  it('rank the newest value among all, equals by half', () => {
    const rank = (...values: number[]) => newestPercentileRank(Float64Array.from(values), 4);
    assert.equal(rank(1, 2, 3, 4), 87.5);
    assert.equal(rank(4, 3, 2, 1), 12.5);
    assert.equal(rank(5, 5, 5, 5), 50);
    assert.equal(rank(5 - 1e-12, 5 - 1e-12, 5 - 1e-12, 5), 50);
    assert.equal(rank(Number.NaN, 1, 2, 3), null);
  });

  it('see rising swings as a rising structure and measure the room to the next one', () => {
    const waves = Array.from({ length: 120 }, (_, index) => 100 + index * 0.1 + 3 * Math.sin(index / 4));
    const indicators = computeLogIndicators(pathSeries(waves));
    const long = readStructure(indicators, 1);
    assert.equal(long.swingDirection, 1);
    assert.ok((long.roomAtrs ?? 0) > 0 && Number.isFinite(long.roomAtrs));
    const breakout = computeLogIndicators(pathSeries([...waves, 130]));
    assert.equal(readStructure(breakout, 1).roomAtrs, Number.POSITIVE_INFINITY);
    const straight = computeLogIndicators(pathSeries(Array.from({ length: 120 }, (_, index) => 100 + index)));
    assert.deepEqual(readStructure(straight, 1), { swingDirection: null, roomAtrs: null });
  });
});
