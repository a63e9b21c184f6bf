import assert from 'node:assert/strict';
import { computeAdx } from '@fast-scanner/server/analysis/indicators/adx.ts';
import { computeBollinger } from '@fast-scanner/server/analysis/indicators/bollinger.ts';
import { computeEma } from '@fast-scanner/server/analysis/indicators/ema.ts';
import { lastValue, valueAt } from '@fast-scanner/server/analysis/indicators/indicator.ts';
import { computeMacd } from '@fast-scanner/server/analysis/indicators/macd.ts';
import { computeRsi } from '@fast-scanner/server/analysis/indicators/rsi.ts';
import { computeSma } from '@fast-scanner/server/analysis/indicators/sma.ts';
import { computeStochastic } from '@fast-scanner/server/analysis/indicators/stochastic.ts';
import { Bollinger } from '@fast-scanner/server/analysis/indicators/streaming/bollinger.ts';
import { Sma } from '@fast-scanner/server/analysis/indicators/streaming/sma.ts';
import { Vwap } from '@fast-scanner/server/analysis/indicators/streaming/vwap.ts';
import { computeVwap } from '@fast-scanner/server/analysis/indicators/vwap.ts';
import { allocateColumns, type CandleColumns } from '@fast-scanner/shared';
import { INDICATOR_CASES } from './indicator-cases.ts';
import { candlesFromQuotes, computeReferenceColumns } from './reference-columns.ts';
import excerpt from './skender.data.json' with { type: 'json' };

const PRICE = 0.1;
const ENOUGH = 60;

describe('indicators at the edges', () => {
  it('no candles give empty columns, one candle gives nulls where there is a warm-up', () => {
    for (const { name, warmup, compute } of INDICATOR_CASES) {
      for (const column of Object.values(compute(allocateColumns(0)))) assert.equal(column.length, 0, name);
      for (const column of Object.values(compute(flatCandles(1)))) {
        assert.equal(column.length, 1, name);
        assert.equal(lastValue(column) === null, warmup > 1, name);
      }
    }
  });

  it('a column is empty one candle before its warm-up ends, whatever the length of the series', () => {
    for (const { name, warmup, compute } of INDICATOR_CASES) {
      const endsWithNull = (length: number) =>
        Object.values(compute(flatCandles(length))).some((column) => lastValue(column) === null);
      if (warmup > 1) assert.ok(endsWithNull(warmup - 1), name);
      assert.ok(!endsWithNull(warmup), name);
    }
  });

  it('a flat series stands in the middle of everything, exactly', () => {
    const { vwap, ...columns } = computeReferenceColumns(flatCandles(ENOUGH));
    const last = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, lastValue(column)]),
    );
    assert.deepEqual(last, {
      sma: PRICE,
      ema: PRICE,
      rsi: 50,
      macdLine: 0,
      macdSignal: 0,
      macdHistogram: 0,
      atr: 0,
      adx: 0,
      plusDi: 0,
      minusDi: 0,
      middle: PRICE,
      upper: PRICE,
      lower: PRICE,
      percentB: 0.5,
      bandwidth: 0,
      k: 50,
      d: 50,
      obv: 0,
    });
    // All but this one: (high + low + close) / 3 is itself rounded.
    assert.ok(vwap && Math.abs((lastValue(vwap) ?? 0) - PRICE) < 1e-15);
  });

  it('a series that only rises has RSI 100 and −DI 0, one that only falls RSI 0 and +DI 0', () => {
    const rising = trendingCandles(1);
    assert.equal(lastValue(computeRsi(rising.close)), 100);
    assert.equal(lastValue(computeAdx(rising).minusDi), 0);
    assert.equal(lastValue(computeAdx(rising).adx), 100);
    const falling = trendingCandles(-1);
    assert.equal(lastValue(computeRsi(falling.close)), 0);
    assert.equal(lastValue(computeAdx(falling).plusDi), 0);
    assert.equal(lastValue(computeAdx(falling).adx), 100);
  });

  it('an EMA seeded with the first value starts there and converges to the other', () => {
    const { close } = candlesFromQuotes(excerpt.quotes);
    const seeded = computeEma(close, 10);
    const first = computeEma(close, 10, { seed: 'first' });
    assert.equal(first[0], close[0]);
    assert.notEqual(first[9], seeded[9]);
    assert.ok(Math.abs((lastValue(first) ?? 0) - (lastValue(seeded) ?? 0)) < 1e-8);
  });

  it('VWAP begins anew at midnight UTC, and is null until the day has volume', () => {
    const candles = flatCandles(4);
    candles.openTime.set(['22:00', '23:00', '24:00', '24:30'].map((time) => hourOf(time)));
    candles.high.set([10, 20, 30, 40]);
    candles.low.set([10, 20, 30, 40]);
    candles.close.set([10, 20, 30, 40]);
    candles.volume.set([1, 3, 0, 5]);
    const column = computeVwap(candles);
    assert.deepEqual(
      [0, 1, 2, 3].map((index) => valueAt(column, index)),
      [10, 17.5, null, 40],
    );
    const streaming = new Vwap();
    const results = [0, 1, 2, 3].map((index) => streaming.add(rowOf(candles, index)));
    assert.deepEqual(results, [10, 17.5, null, 40]);
  });

  it('periods that are no whole number of candles are refused, by name', () => {
    const close = new Float64Array(50);
    for (const period of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => computeSma(close, period), RangeError);
      assert.throws(() => computeEma(close, period), RangeError);
      assert.throws(() => computeRsi(close, period), RangeError);
      assert.throws(() => computeBollinger(close, { period }), RangeError);
      assert.throws(() => computeStochastic(flatCandles(50), { smooth: period }), /smooth must be/);
      assert.throws(() => new Sma(period), RangeError);
      assert.throws(() => new Bollinger({ period }), RangeError);
    }
    assert.throws(() => computeMacd(close, { fast: 26, slow: 26 }), /fast must be below slow/);
  });

  it('a NaN never becomes a plausible number: it empties its windows, and recursive indicators for good', () => {
    const candles = candlesFromQuotes(excerpt.quotes);
    const at = 60;
    for (const column of [candles.high, candles.low, candles.close, candles.volume]) column[at] = Number.NaN;
    const columns = computeReferenceColumns(candles);
    // Candles that read the NaN, counted from its own; OBV and VWAP because of the volume, VWAP until the day ends.
    const windows: Readonly<Record<string, number>> = {
      sma: 20,
      middle: 20,
      upper: 20,
      lower: 20,
      percentB: 20,
      bandwidth: 20,
      k: 16,
      d: 18,
    };
    for (const [name, column] of Object.entries(columns)) {
      const empty = [...column.keys()].slice(at).filter((index) => valueAt(column, index) === null);
      assert.notEqual(valueAt(column, at - 1), null, name);
      assert.equal(empty.length, windows[name] ?? column.length - at, name);
    }
  });
});

function flatCandles(length: number): CandleColumns {
  const candles = allocateColumns(length);
  candles.openTime.forEach((_, index) => {
    candles.openTime[index] = index * 60_000;
  });
  for (const column of [candles.open, candles.high, candles.low, candles.close]) column.fill(PRICE);
  candles.volume.fill(1);
  return candles;
}

function trendingCandles(step: 1 | -1): CandleColumns {
  const candles = flatCandles(ENOUGH);
  candles.close.forEach((_, index) => {
    candles.close[index] = 100 + step * index;
    candles.high[index] = 101 + step * index;
    candles.low[index] = 99 + step * index;
  });
  return candles;
}

function hourOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return Date.UTC(2026, 0, 5, hours, minutes);
}

function rowOf({ openTime, high, low, close, volume }: CandleColumns, index: number) {
  const at = (column: Float64Array) => column[index] ?? Number.NaN;
  return { openTime: at(openTime), high: at(high), low: at(low), close: at(close), volume: at(volume) };
}
