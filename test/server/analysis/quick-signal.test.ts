import assert from 'node:assert/strict';
import { computeIndicatorSnapshot } from '@fast-scanner/server/analysis/indicator-snapshot.ts';
import { QUICK_FACTORS } from '@fast-scanner/server/analysis/quick-factors.ts';
import type { QuickReadings } from '@fast-scanner/server/analysis/quick-readings.ts';
import { SIGNAL_CUTOFF, scoreQuickSignal, toSignal } from '@fast-scanner/server/analysis/quick-signal.ts';
import fc from 'fast-check';
import { walkSeries } from './support/analysis-series.ts';
import { assertClose } from './support/assert-close.ts';
import { PROPERTY_RUNS } from './support/property-runs.ts';

const shown = computeIndicatorSnapshot(walkSeries({ seed: 1, count: 100 }));
const signed = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

const arbitraryReadings: fc.Arbitrary<QuickReadings> = fc.record({
  closeToEma20: signed(4),
  ema20ToEma50: signed(4),
  ema20Slope: signed(0.5),
  adx: fc.double({ min: 0, max: 60, noNaN: true }),
  diBalance: signed(1),
  rsi: fc.double({ min: 0, max: 100, noNaN: true }),
  rsiChange: signed(30),
  macdHistogram: signed(1),
  percentB: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
  volumeRatio: fc.double({ min: 0, max: 4, noNaN: true }),
  bodyShare: signed(1),
});
const arbitraryKey = fc.constantFrom(
  'closeToEma20',
  'ema20ToEma50',
  'ema20Slope',
  'adx',
  'diBalance',
  'rsi',
  'rsiChange',
  'macdHistogram',
  'percentB',
  'volumeRatio',
  'bodyShare',
) satisfies fc.Arbitrary<keyof QuickReadings>;

describe('quick signal', () => {
  it('has published weights that sum to 1, under unique names', () => {
    assertClose(
      QUICK_FACTORS.reduce((sum, { weight }) => sum + weight, 0),
      1,
      1e-12,
    );
    assert.equal(new Set(QUICK_FACTORS.map(({ name }) => name)).size, QUICK_FACTORS.length);
  });

  it('says BUY and SELL from the cut-off on, HOLD between', () => {
    const signals = [SIGNAL_CUTOFF, SIGNAL_CUTOFF - 1e-9, 0, 1e-9 - SIGNAL_CUTOFF, -SIGNAL_CUTOFF].map(
      toSignal,
    );
    assert.deepEqual(signals, ['BUY', 'HOLD', 'HOLD', 'HOLD', 'SELL']);
  });

  it('is the sum of weight · value, and strength its size in percent', () => {
    fc.assert(
      fc.property(arbitraryReadings, (readings) => {
        const { score, strength, factors } = scoreQuickSignal(readings, shown);
        for (const { weight, value, contribution } of factors) assert.equal(contribution, weight * value);
        assertClose(
          factors.reduce((sum, { contribution }) => sum + contribution, 0),
          score,
          1e-12,
        );
        assert.equal(strength, Math.abs(score) * 100);
      }),
      PROPERTY_RUNS,
    );
  });

  it('reaches exactly +1 and −1 when everything points one way', () => {
    const allUp: QuickReadings = {
      closeToEma20: 9,
      ema20ToEma50: 9,
      ema20Slope: 9,
      adx: 60,
      diBalance: 1,
      rsi: 100,
      rsiChange: 50,
      macdHistogram: 9,
      percentB: 2,
      volumeRatio: 9,
      bodyShare: 1,
    };
    const allDown: QuickReadings = {
      ...allUp,
      closeToEma20: -9,
      ema20ToEma50: -9,
      ema20Slope: -9,
      diBalance: -1,
      rsi: 0,
      rsiChange: -50,
      macdHistogram: -9,
      percentB: -1,
      bodyShare: -1,
    };
    assertClose(scoreQuickSignal(allUp, shown).score, 1, 1e-12);
    assertClose(scoreQuickSignal(allDown, shown).score, -1, 1e-12);
  });

  it('gives a factor without evidence the value 0, says so, and leaves the others alone', () => {
    fc.assert(
      fc.property(arbitraryReadings, arbitraryKey, (readings, missing) => {
        const whole = scoreQuickSignal(readings, shown).factors;
        const partial = scoreQuickSignal({ ...readings, [missing]: null }, shown).factors;
        const silenced = partial.filter(({ rationale }) => rationale.startsWith('no evidence'));
        assert.ok(silenced.length > 0);
        for (const { value, contribution } of silenced) assert.deepEqual([value, contribution], [0, 0]);
        partial.forEach((factor, index) => {
          const before = whole[index];
          assert.equal(factor.weight, before?.weight);
          if (!silenced.includes(factor)) assert.equal(factor.value, before?.value);
        });
      }),
      PROPERTY_RUNS,
    );
  });

  it('never falls when a bullish reading gets better', () => {
    const directional = arbitraryKey.filter((key) => key !== 'adx' && key !== 'volumeRatio');
    fc.assert(
      fc.property(
        arbitraryReadings,
        directional,
        fc.double({ min: 0, max: 2, noNaN: true }),
        (readings, key, more) => {
          const better = { ...readings, [key]: (readings[key] ?? 0) + more };
          assert.ok(scoreQuickSignal(better, shown).score >= scoreQuickSignal(readings, shown).score - 1e-12);
        },
      ),
      PROPERTY_RUNS,
    );
  });

  it('takes ADX and volume as confirmation: more of them strengthens the side, whichever it is', () => {
    fc.assert(
      fc.property(arbitraryReadings, fc.double({ min: 0, max: 20, noNaN: true }), (readings, more) => {
        for (const [key, name] of [
          ['adx', 'adx_di'],
          ['volumeRatio', 'volume'],
        ] as const) {
          const confirmed = (one: QuickReadings) =>
            scoreQuickSignal(one, shown).factors.find((factor) => factor.name === name)?.value ?? 0;
          const better = { ...readings, [key]: (readings[key] ?? 0) + more };
          assert.ok(Math.abs(confirmed(better)) >= Math.abs(confirmed(readings)) - 1e-12);
          assert.ok(confirmed(better) * confirmed(readings) >= 0);
        }
      }),
      PROPERTY_RUNS,
    );
  });

  it('counts volume from its mean on, in full at twice the mean', () => {
    const [readings] = fc.sample(arbitraryReadings, { seed: 1, numRuns: 1 });
    assert.ok(readings);
    const volumeAt = (volumeRatio: number) =>
      scoreQuickSignal({ ...readings, volumeRatio, bodyShare: -0.5 }, shown).factors.at(-1)?.value;
    assert.deepEqual(
      [volumeAt(0.5), volumeAt(1), volumeAt(1.5), volumeAt(2), volumeAt(9)],
      [0, 0, -0.25, -0.5, -0.5],
    );
  });

  it('writes the numbers that are shown into the rationale', () => {
    const [readings] = fc.sample(arbitraryReadings, { seed: 1, numRuns: 1 });
    assert.ok(readings);
    const { factors } = scoreQuickSignal({ ...readings, rsiChange: 4 }, { ...shown, rsi: 63.24 });
    assert.equal(factors.find(({ name }) => name === 'rsi_zone')?.rationale, 'RSI 63.2 rising');
  });
});
