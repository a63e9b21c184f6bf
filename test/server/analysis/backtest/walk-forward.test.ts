import assert from 'node:assert/strict';
import { backtestStrategy } from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import { smaCross } from '@fast-scanner/server/analysis/backtest/strategies/sma-cross.ts';
import { splitWalkForward } from '@fast-scanner/server/analysis/backtest/walk-forward.ts';
import { sliceColumns } from '@fast-scanner/shared';
import fc from 'fast-check';
import { walkSeries } from '../support/analysis-series.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';

describe('walk-forward ranges', () => {
  it('grow from the start when anchored, and move when rolling', () => {
    const options = { length: 110, lookback: 10, folds: 2, inSampleRatio: 0.5 };
    assert.deepEqual(splitWalkForward(options), [
      { inSample: { warmupFrom: 0, from: 10, to: 60 }, outOfSample: { warmupFrom: 50, from: 60, to: 85 } },
      { inSample: { warmupFrom: 0, from: 10, to: 85 }, outOfSample: { warmupFrom: 75, from: 85, to: 110 } },
    ]);
    assert.deepEqual(
      splitWalkForward({ ...options, window: 'rolling' }).map(({ inSample }) => inSample),
      [
        { warmupFrom: 0, from: 10, to: 60 },
        { warmupFrom: 25, from: 35, to: 85 },
      ],
    );
  });

  it('never let a range read what comes after it, and judge every later candle once', () => {
    const some = fc.record({
      length: fc.integer({ min: 200, max: 2_000 }),
      lookback: fc.integer({ min: 1, max: 100 }),
      folds: fc.integer({ min: 1, max: 10 }),
      inSampleRatio: fc.double({ min: 0.1, max: 0.8, noNaN: true }),
      window: fc.constantFrom('anchored' as const, 'rolling' as const),
    });
    fc.assert(
      fc.property(some, (options) => {
        const folds = splitWalkForward(options);
        assert.equal(folds.length, options.folds);
        assert.equal(folds.at(-1)?.outOfSample.to, options.length);
        folds.forEach(({ inSample, outOfSample }, index) => {
          assert.equal(outOfSample.from, inSample.to);
          assert.equal(folds[index + 1]?.outOfSample.from ?? options.length, outOfSample.to);
          for (const { warmupFrom, from, to } of [inSample, outOfSample]) {
            assert.equal(from - warmupFrom, options.lookback);
            assert.ok(warmupFrom >= 0 && from < to);
          }
        });
      }),
      PROPERTY_RUNS,
    );
  });

  it('give backtests whose trades stay inside their range', () => {
    const candles = walkSeries({ seed: 3, count: 400 });
    const parameters = { fast: 2, slow: 5 };
    const lookback = smaCross.lookback(parameters);
    let trades = 0;
    for (const { outOfSample } of splitWalkForward({ length: 400, lookback, folds: 4 })) {
      const { warmupFrom, from, to } = outOfSample;
      const part = sliceColumns(candles, warmupFrom, to);
      const result = backtestStrategy(
        part,
        { strategy: smaCross, parameters },
        { tradeFrom: from - warmupFrom },
      );
      trades += result.trades.count;
      assert.ok(result.trades.entryIndex.every((entry) => entry > from - warmupFrom));
    }
    assert.ok(trades > 20);
  });

  it('refuse a history that is too short', () => {
    assert.throws(() => splitWalkForward({ length: 50, lookback: 49, folds: 5 }), {
      code: 'insufficient_data',
      message: '50 candles are too few for 5 folds after a warm-up of 49',
    });
  });
});
