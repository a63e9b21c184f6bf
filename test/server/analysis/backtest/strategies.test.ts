import assert from 'node:assert/strict';
import { computeSignals } from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import { parseParameters } from '@fast-scanner/server/analysis/backtest/parse-parameters.ts';
import { ORDER } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';
import type { Strategy } from '@fast-scanner/server/analysis/backtest/strategy.ts';
import { findStrategy, STRATEGIES } from '@fast-scanner/server/analysis/backtest/strategy-registry.ts';
import type { CandleColumns } from '@fast-scanner/shared';
import fc from 'fast-check';
import { strategy as example } from '../../../../examples/my-strategy.ts';
import { arbitraryWalk } from '../support/analysis-series.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { closingAt } from './support/candle-rows.ts';

/** The orders by position, leaving out the candles without one. */
function ordersOf(candles: CandleColumns, id: string, parameters: Record<string, number>) {
  const strategy = findStrategy(id);
  const { order } = computeSignals(candles, { strategy, parameters: parseParameters(strategy, parameters) });
  return Object.fromEntries([...order.entries()].filter(([, code]) => code !== ORDER.none));
}

const { long, short, exitLong, exitShort, exit } = ORDER;

describe('the strategies', () => {
  it('buy and hold wants to be long at every candle, so that it buys wherever trading begins', () => {
    assert.deepEqual(ordersOf(closingAt([5, 6, 4]), 'buy_and_hold', {}), { 0: long, 1: long, 2: long });
    assert.deepEqual(ordersOf(closingAt([]), 'buy_and_hold', {}), {});
  });

  it('SMA cross orders where the averages cross, not where the first one is already above', () => {
    // Means of 2: –, 11, 13, 13, 10, 9, 12; of 3: –, –, 12, 12.67, 11, 10, 11.
    const candles = closingAt([10, 12, 14, 12, 8, 10, 14]);
    assert.deepEqual(ordersOf(candles, 'sma_cross', { fast: 2, slow: 3 }), { 4: short, 6: long });
  });

  it('a cross that rests on equal averages for a while is one cross, a touch is none', () => {
    const fastOf1 = (closes: readonly number[]) =>
      ordersOf(closingAt(closes), 'sma_cross', { fast: 1, slow: 2 });
    assert.deepEqual(fastOf1([5, 4, 4, 4, 5]), { 4: long });
    assert.deepEqual(fastOf1([5, 4, 4, 3, 3, 2]), {});
  });

  it('EMA cross orders where the averages cross', () => {
    // EMA 1 is the close; EMA 3 starts with the mean 12 and goes half the way: 12, 10, 9, 12.
    const candles = closingAt([10, 12, 14, 8, 8, 15]);
    assert.deepEqual(ordersOf(candles, 'ema_cross', { fast: 1, slow: 3 }), { 3: short, 5: long });
  });

  it('MACD cross orders where the histogram changes its sign', () => {
    // Line (EMA 1 − EMA 2): 1, 1, −1, …; its EMA 1 is itself, so the signal is an EMA of 2 values.
    const candles = closingAt([10, 12, 16, 12, 10, 18]);
    assert.deepEqual(ordersOf(candles, 'macd_cross', { fast: 1, slow: 2, signal: 2 }), { 3: short, 5: long });
  });

  it('Bollinger bands buys below the lower band and sells above the upper one', () => {
    // The band of 10, 11, 10, 11, x: x is 1.48 deviations above the mean for 11.7, 1.52 for 11.8.
    const after = (close: number) =>
      ordersOf(closingAt([10, 11, 10, 11, close]), 'bollinger_bands_strategy', { period: 5, devfactor: 1.5 });
    assert.deepEqual([9.2, 9.3, 11.7, 11.8].map(after), [{ 4: long }, {}, {}, { 4: short }]);
    assert.deepEqual(ordersOf(closingAt([7, 7, 7, 7]), 'bollinger_bands_strategy', { period: 2 }), {});
  });

  it('RSI mean reversion enters beyond the levels and leaves past the middle', () => {
    // RSI 2: 0, 33, 75, 88, 44, 60.
    const candles = closingAt([10, 9, 8, 8.5, 9.75, 10.75, 9.75, 10.15]);
    assert.deepEqual(ordersOf(candles, 'rsi_mean_reversion', { period: 2 }), {
      2: long,
      3: exitShort,
      4: short,
      5: short,
      6: exitShort,
      7: exitLong,
    });
    assert.deepEqual(ordersOf(closingAt([5, 5, 5, 5]), 'rsi_mean_reversion', { period: 2 }), {
      2: exit,
      3: exit,
    });
  });

  it('Donchian breakout compares the close with the channels of the candles before', () => {
    const candles = closingAt([10, 11, 10, 11, 12, 11.5, 10.5, 9]);
    assert.deepEqual(ordersOf(candles, 'donchian_breakout', { entry: 3, exit: 1 }), {
      4: long,
      6: exitLong,
      7: short,
    });
    assert.deepEqual(ordersOf(closingAt([12, 11, 10, 9, 10.5]), 'donchian_breakout', { entry: 3, exit: 1 }), {
      3: short,
      4: exitShort,
    });
  });

  it('momentum rotation decides every few candles by the return over its period', () => {
    const candles = closingAt([100, 100, 103, 99.5, 108, 100, 108]);
    assert.deepEqual(ordersOf(candles, 'momentum_rotation', { period: 2, rebalance: 1, threshold: 1 }), {
      2: long,
      3: exit,
      4: long,
      5: exit,
      6: exit,
    });
    assert.deepEqual(
      ordersOf(closingAt([100, 100, 98, 90, 95]), 'momentum_rotation', { period: 2, rebalance: 2 }),
      {
        2: short,
        4: short,
      },
    );
  });

  it('the example buys after falling closes in an uptrend and trails its stop below the best close since', () => {
    const candles = closingAt([10, 11, 12, 13, 14, 13.8, 13.7, 15, 9]);
    const signals = computeSignals(candles, {
      strategy: example,
      parameters: parseParameters(example, { trend: 5, falls: 2, stopPct: 10 }),
    });
    assert.deepEqual([...signals.order], [0, 0, 0, 0, 0, 0, long, 0, exitLong]);
    assert.deepEqual(
      [...signals.stop].map((price) => Number(price.toFixed(6))),
      [...Array(6).fill(Number.NaN), 12.33, 13.5, Number.NaN],
    );
  });

  it('the example buys again after its stop, while the trend holds', () => {
    const candles = closingAt([10, 11, 12, 13, 14, 13.8, 13.7, 15, 14.4, 14.35]);
    const { order } = computeSignals(candles, {
      strategy: example,
      parameters: parseParameters(example, { trend: 5, falls: 2, stopPct: 3 }),
    });
    assert.deepEqual([...order], [0, 0, 0, 0, 0, 0, long, 0, 0, long]);
  });

  it('order nothing before their warm-up ends, and soon after it for some prices', () => {
    for (const strategy of [...STRATEGIES, example] as readonly Strategy[]) {
      const parameters = parseParameters(strategy, {});
      const lookback = strategy.lookback(parameters);
      let earliest = Number.POSITIVE_INFINITY;
      const walks = arbitraryWalk({ minCount: lookback + 40, maxCount: lookback + 40 });
      const property = fc.property(walks, (candles) => {
        const { order } = computeSignals(candles, { strategy, parameters });
        const first = order.findIndex((code) => code !== ORDER.none);
        assert.ok(first === -1 || first >= lookback - 1, `${strategy.id}: an order at ${first}`);
        if (first !== -1) earliest = Math.min(earliest, first);
      });
      fc.assert(property, PROPERTY_RUNS);
      assert.ok(earliest < lookback + 10, `${strategy.id}: the first order is at ${earliest}`);
    }
  });
});
