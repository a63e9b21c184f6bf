import assert from 'node:assert/strict';
import { LABEL_HORIZON, labelSignal } from '@fast-scanner/server/analysis/continuous/label-signal.ts';
import { type CandleSeries, createSeries, sliceSeries, timeframeMs } from '@fast-scanner/shared';
import fc from 'fast-check';
import { randomSeries } from '../../../support/random-series.ts';

const HOUR = timeframeMs('1h');
const AT = 120;

/** Closes that alternate by one percent up to the signal's candle, then go as told; each candle spans its open and close. */
function seriesThatGoes(after: readonly number[]): CandleSeries {
  const before = Array.from({ length: AT + 1 }, (_, index) => (index % 2 === 0 ? 100 : 101));
  const close = Float64Array.from([...before, ...after]);
  const open = close.map((price, index) => close[index - 1] ?? price);
  const high = close.map((price, index) => Math.max(price, open[index] ?? price));
  const low = close.map((price, index) => Math.min(price, open[index] ?? price));
  const openTime = close.map((_, index) => index * HOUR);
  return createSeries('BTC/USDT', '1h', { openTime, open, high, low, close, volume: close.map(() => 1) });
}

const signal = { closeTime: (AT + 1) * HOUR, signalType: 'MOMENTUM_BUY' } as const;
const path = (step: number) =>
  Array.from({ length: LABEL_HORIZON }, (_, index) => 100 * (1 + step) ** (index + 1));

describe('the label of a signal', () => {
  it('is the target when the price rises by a usual move, the stop when it falls, a timeout when it stays', () => {
    assert.equal(labelSignal(seriesThatGoes(path(0.01)), signal)?.outcome, 'target');
    assert.equal(labelSignal(seriesThatGoes(path(-0.01)), signal)?.outcome, 'stop');
    assert.equal(labelSignal(seriesThatGoes(path(0)), signal)?.outcome, 'timeout');
  });

  it('turns round for a bearish signal and takes NEUTRAL for a bullish one', () => {
    const falling = seriesThatGoes(path(-0.01));
    assert.equal(labelSignal(falling, { ...signal, signalType: 'WEAK_SELL' })?.outcome, 'target');
    assert.equal(labelSignal(falling, { ...signal, signalType: 'NEUTRAL' })?.outcome, 'stop');
  });

  it('takes the stop when one candle reaches both', () => {
    const series = seriesThatGoes(path(0));
    series.high[AT + 1] = 110;
    series.low[AT + 1] = 90;
    assert.equal(labelSignal(series, signal)?.outcome, 'stop');
    assert.equal(labelSignal(series, { ...signal, signalType: 'STRONG_SELL' })?.outcome, 'stop');
  });

  it('tells the return up to the tenth candle, whatever was reached before', () => {
    const outcome = labelSignal(seriesThatGoes([120, ...path(0).slice(1, -1), 95]), signal);
    assert.deepEqual(outcome, { outcome: 'target', forward_return_pct: -5, horizon_candles: 10 });
  });

  it('is not there before the tenth candle has closed, without a history, and for a candle that is not held', () => {
    const series = seriesThatGoes(path(0.01));
    assert.equal(labelSignal(sliceSeries(series, 0, -1), signal), null);
    assert.equal(labelSignal(sliceSeries(series, 60), signal), null);
    assert.equal(labelSignal(sliceSeries(series, AT + 1), signal), null);
    assert.equal(labelSignal(series, { ...signal, closeTime: signal.closeTime + 1 }), null);
  });

  it('does not depend on the price scale, nor on what comes after its time', () => {
    const factors = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    const property = fc.property(fc.integer({ min: 1, max: 1e6 }), factors, (seed, factor) => {
      const series = randomSeries({ timeframe: '1h', count: 140, newestOpenTime: 140 * HOUR, seed });
      const at = { ...signal, closeTime: (series.openTime[AT] ?? 0) + HOUR };
      const known = labelSignal(series, at);
      const scale = (column: Float64Array) => column.map((value) => value * factor);
      const { open, high, low, close } = series;
      const scaled = { open: scale(open), high: scale(high), low: scale(low), close: scale(close) };
      const other = labelSignal(createSeries('X', '1h', { ...series, ...scaled }), at);
      assert.equal(other?.outcome, known?.outcome);
      assert.ok(Math.abs((other?.forward_return_pct ?? 0) - (known?.forward_return_pct ?? 1)) < 1e-9);
      assert.deepEqual(labelSignal(sliceSeries(series, 0, AT + LABEL_HORIZON + 1), at), known);
    });
    fc.assert(property, { numRuns: 50 });
  });
});
