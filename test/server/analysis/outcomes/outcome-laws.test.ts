import assert from 'node:assert/strict';
import { toLogCandles } from '@fast-scanner/server/analysis/log-candles.ts';
import type { JudgedOutcome, JudgedSignal } from '@fast-scanner/server/analysis/outcomes/judged-signal.ts';
import { labelOutcome } from '@fast-scanner/server/analysis/outcomes/label-outcome.ts';
import { labelTripleBarrier } from '@fast-scanner/server/analysis/prediction/triple-barrier.ts';
import { type CandleColumns, type CandleSeries, sliceColumns, sliceSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import { arbitraryWalk, mirrorSeries, scaleSeries } from '../support/analysis-series.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { assertNear } from './judged.ts';

const HOUR = 3_600_000;
const HORIZON = 12;

interface Case {
  readonly series: CandleSeries;
  /** Position of the signal's candle. */
  readonly at: number;
  readonly signal: JudgedSignal;
}

/** A signal somewhere in a walk, its prices in log distance from its close. */
const someCase: fc.Arbitrary<Case> = fc
  .record({
    series: arbitraryWalk({ minCount: 40, maxCount: 80 }),
    share: fc.double({ min: 0, max: 0.6, noNaN: true }),
    isLong: fc.boolean(),
    stop: fc.double({ min: 0.002, max: 0.06, noNaN: true }),
    target: fc.double({ min: 0.002, max: 0.06, noNaN: true }),
    barrier: fc.double({ min: 0.002, max: 0.06, noNaN: true }),
  })
  .map(({ series, share, isLong, stop, target, barrier }) => {
    const at = Math.floor(share * series.length);
    const price = series.close[at] ?? Number.NaN;
    const side = isLong ? 1 : -1;
    const signal: JudgedSignal = {
      symbol: series.symbol,
      timeframe: series.timeframe,
      candleCloseTime: (series.openTime[at] ?? 0) + HOUR,
      direction: isLong ? 'long' : 'short',
      price,
      stop: price * Math.exp(-side * stop),
      target: price * Math.exp(side * target),
      horizonCandles: HORIZON,
      dueAt: (series.openTime[at] ?? 0) + (1 + HORIZON) * HOUR,
      prediction: {
        horizonCandles: HORIZON,
        up: price * Math.exp(barrier),
        down: price * Math.exp(-barrier),
      },
    };
    return { series, at, signal };
  });

function judge(signal: JudgedSignal, candles: CandleColumns): JudgedOutcome {
  const outcome = labelOutcome(signal, candles);
  assert.ok(outcome);
  return outcome;
}

function mapPrices(signal: JudgedSignal, map: (price: number) => number): JudgedSignal {
  const { price, stop, target, prediction } = signal;
  const mapOrNull = (value: number | null) => (value === null ? null : map(value));
  const barriers = prediction && { ...prediction, up: map(prediction.up), down: map(prediction.down) };
  return {
    ...signal,
    price: map(price),
    stop: mapOrNull(stop),
    target: mapOrNull(target),
    prediction: barriers,
  };
}

/** Overwrites prices with nonsense. */
function spoil(candles: CandleColumns, from: number, to: number): CandleColumns {
  const spoiled = (column: Float64Array) => column.slice().fill(7, from, to);
  const { open, high, low, close } = candles;
  return { ...candles, open: spoiled(open), high: spoiled(high), low: spoiled(low), close: spoiled(close) };
}

describe('laws of outcomes', () => {
  it('scale: all prices times a factor change nothing but the entry', () => {
    fc.assert(
      fc.property(someCase, fc.constantFrom(0.25, 1_024), ({ series, signal }, factor) => {
        const plain = judge(signal, series);
        const scaled = judge(
          mapPrices(signal, (price) => price * factor),
          scaleSeries(series, factor),
        );
        assertNear(scaled.entry, (plain.entry ?? 0) * factor);
        assert.deepEqual({ ...scaled, entry: null }, { ...plain, entry: null });
      }),
      PROPERTY_RUNS,
    );
  });

  it('mirror: the reciprocal market turns a long trade into a short one with the same end', () => {
    fc.assert(
      fc.property(someCase, ({ series, signal }) => {
        const plain = judge(signal, series);
        const direction = signal.direction === 'long' ? 'short' : 'long';
        const mirrored = judge(
          { ...mapPrices(signal, (price) => 1 / price), direction, prediction: null },
          mirrorSeries(series),
        );
        const { outcome, candles, exitTime } = mirrored;
        assert.deepEqual([outcome, candles, exitTime], [plain.outcome, plain.candles, plain.exitTime]);
        const log = (pct: number | null) => Math.log1p((pct ?? Number.NaN) / 100);
        assertNear(log(mirrored.forwardReturnPct), -log(plain.forwardReturnPct));
      }),
      PROPERTY_RUNS,
    );
  });

  it('truncation: nothing after the horizon, and for the trade nothing after its end, is read', () => {
    fc.assert(
      fc.property(someCase, ({ series, at, signal }) => {
        const whole = judge(signal, series);
        const cut = sliceSeries(series, 0, at + 1 + HORIZON);
        assert.deepEqual(judge(signal, cut), whole);
        const after = at + 1 + (whole.candles ?? 0);
        const { forwardReturnPct: _, predictionLabel: __, ...trade } = whole;
        const {
          forwardReturnPct: ___,
          predictionLabel: ____,
          ...same
        } = judge(signal, spoil(series, after, series.length));
        assert.deepEqual(same, trade);
      }),
      PROPERTY_RUNS,
    );
  });

  it('never reads the candle of the signal or one before it', () => {
    fc.assert(
      fc.property(someCase, ({ series, at, signal }) => {
        const whole = judge(signal, series);
        assert.deepEqual(judge(signal, spoil(series, 0, at + 1)), whole);
        assert.deepEqual(judge(signal, sliceColumns(series, at + 1)), whole);
      }),
      PROPERTY_RUNS,
    );
  });

  it('labels predictions as they are trained', () => {
    fc.assert(
      fc.property(someCase, ({ series, at, signal }) => {
        const distance = Math.log((signal.prediction?.up ?? 0) / signal.price);
        const unit = new Float64Array(series.length).fill(distance);
        const trained = labelTripleBarrier(toLogCandles(series), unit, {
          distance: 1,
          horizonCandles: HORIZON,
        });
        assert.equal(judge(signal, series).predictionLabel, trained.label[at]);
      }),
      PROPERTY_RUNS,
    );
  });
});
