import assert from 'node:assert/strict';
import {
  type BacktestOptions,
  completeOptions,
} from '@fast-scanner/server/analysis/backtest/backtest-options.ts';
import {
  backtestStrategy,
  computeSignals,
  type StrategyChoice,
} from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import { findLookAhead } from '@fast-scanner/server/analysis/backtest/find-look-ahead.ts';
import { parseParameters } from '@fast-scanner/server/analysis/backtest/parse-parameters.ts';
import { type BacktestResult, runBacktest } from '@fast-scanner/server/analysis/backtest/run-backtest.ts';
import { ORDER, SignalColumns } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';
import { findStrategy } from '@fast-scanner/server/analysis/backtest/strategy-registry.ts';
import { EXIT_REASONS, type TradeColumns } from '@fast-scanner/server/analysis/backtest/trade-columns.ts';
import { type CandleSeries, rowsFromColumns, sliceSeries } from '@fast-scanner/shared';
import fc from 'fast-check';
import { strategy as example } from '../../../../examples/my-strategy.ts';
import { arbitraryWalk, scaleSeries, walkSeries } from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { keepLedger, type LedgerTrade } from './support/plain-ledger.ts';

/** Every strategy, quick enough to trade often on short walks; and the example, which has stops. */
const CHOICES: readonly StrategyChoice[] = [
  choose('bollinger_bands_strategy', { period: 8, devfactor: 1.2 }),
  choose('sma_cross', { fast: 3, slow: 8 }),
  choose('ema_cross', { fast: 3, slow: 8 }),
  choose('rsi_mean_reversion', { period: 5, oversold: 40, overbought: 60 }),
  choose('macd_cross', { fast: 3, slow: 8, signal: 4 }),
  choose('donchian_breakout', { exit: 4, entry: 8 }),
  choose('momentum_rotation', { period: 6, rebalance: 3 }),
  choose('buy_and_hold', {}),
  { strategy: example, parameters: parseParameters(example, { trend: 8, falls: 2, stopPct: 2 }) },
];

const FRACTIONAL = { units: 'fractional', direction: 'both' } as const;

function choose(id: string, parameters: Record<string, number>): StrategyChoice {
  const strategy = findStrategy(id);
  return { strategy, parameters: parseParameters(strategy, parameters) };
}

const someOptions: fc.Arbitrary<Partial<BacktestOptions>> = fc.record({
  direction: fc.constantFrom('long', 'short', 'both'),
  units: fc.constantFrom('whole', 'fractional'),
  lastTrade: fc.constantFrom('close', 'open'),
  commissionRate: fc.constantFrom(0, 0.001),
  slippageRate: fc.constantFrom(0, 0.0005),
  tradeFrom: fc.constantFrom(0, 0, 25),
});

/** Orders at about every third candle, with levels near the price at some. */
const signalsFor = (candles: CandleSeries) =>
  fc
    .array(
      fc.record({
        order: fc.constantFrom(...Object.values(ORDER), ORDER.none, ORDER.none, ORDER.long, ORDER.short),
        stopRatio: fc.constantFrom(Number.NaN, Number.NaN, 0.97, 0.99, 1, 1.01, 1.03),
        targetRatio: fc.constantFrom(Number.NaN, Number.NaN, 0.96, 0.99, 1.01, 1.04),
      }),
      { minLength: candles.length, maxLength: candles.length },
    )
    .map((wanted) => {
      const signals = new SignalColumns(candles.length);
      wanted.forEach(({ order, stopRatio, targetRatio }, index) => {
        signals.order[index] = order;
        signals.stop[index] = stopRatio * (candles.close[index] ?? 0);
        signals.target[index] = targetRatio * (candles.close[index] ?? 0);
      });
      return signals;
    });

/** The trades that were over before a candle. */
function closedBefore({ trades }: BacktestResult, index: number): readonly LedgerTrade[] {
  return ledgerOf(trades).filter(({ exitIndex }) => exitIndex < index);
}

function ledgerOf(trades: TradeColumns): LedgerTrade[] {
  const at = (column: Float64Array | Int32Array | Int8Array, index: number) => column[index] ?? Number.NaN;
  return Array.from({ length: trades.count }, (_, index) => ({
    side: at(trades.side, index),
    units: at(trades.units, index),
    entryIndex: at(trades.entryIndex, index),
    exitIndex: at(trades.exitIndex, index),
    entryPrice: at(trades.entryPrice, index),
    exitPrice: at(trades.exitPrice, index),
    reason: EXIT_REASONS[trades.exitReason[index] ?? -1] ?? '',
  }));
}

describe('laws of the backtest', () => {
  it('the engine does what a ledger kept by hand does, whatever the orders and levels', () => {
    const cases = arbitraryWalk({ minCount: 2, maxCount: 80 }).chain((candles) =>
      fc.tuple(fc.constant(candles), signalsFor(candles), someOptions),
    );
    let traded = 0;
    fc.assert(
      fc.property(cases, ([candles, signals, options]) => {
        const result = runBacktest(candles, signals, options);
        const ledger = keepLedger(candles, signals, completeOptions(options));
        traded += result.trades.count;
        const trades = ledgerOf(result.trades);
        assert.equal(trades.length, ledger.trades.length);
        ledger.trades.forEach((expected, index) => {
          const { units, entryPrice, exitPrice, ...exact } = trades[index] ?? expected;
          assert.deepEqual({ ...expected, ...exact }, expected);
          assertClose(units / expected.units, 1, 1e-12);
          assertClose(entryPrice / expected.entryPrice, 1, 1e-12);
          assertClose(exitPrice / expected.exitPrice, 1, 1e-12);
        });
        ledger.equity.forEach((expected, index) => {
          assertClose(result.equity[index] ?? null, expected, 1e-6);
        });
      }),
      { ...PROPERTY_RUNS, numRuns: 200 },
    );
    assert.ok(traded > 1_000, `${traded} trades`);
  });

  it('truncation: cutting the future off changes no order, no equity and no trade before the cut', () => {
    const cuts = fc.tuple(
      arbitraryWalk({ minCount: 60, maxCount: 120 }),
      fc.integer({ min: 1, max: 60 }),
      someOptions,
    );
    for (const choice of CHOICES) {
      const property = fc.property(cuts, ([whole, length, options]) => {
        const part = sliceSeries(whole, 0, length);
        const [inWhole, inPart] = [computeSignals(whole, choice), computeSignals(part, choice)];
        assert.deepEqual(inWhole.order.subarray(0, length), inPart.order);
        assert.deepEqual(inWhole.stop.subarray(0, length), inPart.stop);
        const [all, some] = [
          backtestStrategy(whole, choice, options),
          backtestStrategy(part, choice, options),
        ];
        assert.deepEqual(all.equity.subarray(0, length - 1), some.equity.subarray(0, length - 1));
        assert.deepEqual(closedBefore(all, length - 1), closedBefore(some, length - 1));
      });
      fc.assert(property, PROPERTY_RUNS);
    }
  });

  it('truncation: a strategy that reads the future is found out, at the candle where it did', () => {
    const candles = walkSeries({ seed: 1, count: 200 });
    for (const choice of CHOICES) assert.equal(findLookAhead(candles, choice), null);
    const peeking = (column: 'order' | 'stop' | 'target') =>
      findLookAhead(candles, {
        parameters: {},
        strategy: {
          ...findStrategy('buy_and_hold'),
          evaluate({ close }, _parameters, signals) {
            const last = close.at(-1) ?? Number.NaN;
            signals[column][3] = column === 'order' ? Math.sign(last - (close[3] ?? Number.NaN)) : last;
          },
        },
      });
    assert.deepEqual([peeking('order'), peeking('stop'), peeking('target')], [3, 3, 3]);
  });

  it('scale: prices in another unit make the same money, with fractional units', () => {
    // A power of two, so that the law holds to the bit.
    const factor = fc.integer({ min: -20, max: 20 }).map((exponent) => 2 ** exponent);
    for (const choice of CHOICES) {
      const property = fc.property(arbitraryWalk({ maxCount: 120 }), factor, (candles, k) => {
        const before = backtestStrategy(candles, choice, FRACTIONAL);
        const after = backtestStrategy(scaleSeries(candles, k), choice, FRACTIONAL);
        assert.deepEqual(after.equity, before.equity);
        assert.deepEqual(after.trades.pnl, before.trades.pnl);
        assert.deepEqual(after.trades.exitIndex, before.trades.exitIndex);
      });
      fc.assert(property, PROPERTY_RUNS);
    }
  });

  it('costs: higher ones never leave more money, with fractional units', () => {
    const rate = fc.integer({ min: 0, max: 50 }).map((basisPoints) => basisPoints / 10_000);
    const rates = fc.tuple(rate, rate, rate, rate);
    for (const choice of CHOICES) {
      const property = fc.property(arbitraryWalk({ maxCount: 120 }), rates, (candles, [a, b, c, d]) => {
        const cheap = { commissionRate: a, slippageRate: b };
        const dear = { commissionRate: a + c, slippageRate: b + d };
        const [more, less] = [cheap, dear].map((costs) =>
          backtestStrategy(candles, choice, { ...FRACTIONAL, ...costs }),
        );
        assert.ok(more && less);
        assert.ok(less.finalEquity <= more.finalEquity * (1 + 1e-12));
        if (more.trades.count > 0 && c + d > 0) assert.ok(less.finalEquity < more.finalEquity);
      });
      fc.assert(property, PROPERTY_RUNS);
    }
  });

  it('money: what there is at the end is the start and the profit of all trades', () => {
    for (const choice of CHOICES) {
      const property = fc.property(arbitraryWalk({ maxCount: 120 }), someOptions, (candles, options) => {
        const { finalEquity, trades, equity } = backtestStrategy(candles, choice, options);
        const profit = trades.pnl.reduce((sum, pnl) => sum + pnl, 0);
        assertClose(finalEquity, 10_000 + profit, 1e-6);
        assert.ok(equity.every(Number.isFinite));
      });
      fc.assert(property, PROPERTY_RUNS);
    }
  });

  it('determinism: a batch gives the same in any order, and leaves the candles as they were', () => {
    fc.assert(
      fc.property(fc.array(arbitraryWalk({ maxCount: 120 }), { minLength: 2, maxLength: 3 }), (universe) => {
        const before = universe.map((candles) => rowsFromColumns(candles));
        const jobs = universe.flatMap((candles) => CHOICES.map((choice) => ({ candles, choice })));
        const run = ({ candles, choice }: (typeof jobs)[number]) =>
          backtestStrategy(candles, choice, FRACTIONAL);
        const forwards = jobs.map(run);
        const backwards = jobs.toReversed().map(run).toReversed();
        assert.deepEqual(backwards, forwards);
        assert.deepEqual(structuredClone(forwards), forwards);
        assert.deepEqual(
          universe.map((candles) => rowsFromColumns(candles)),
          before,
        );
      }),
      { ...PROPERTY_RUNS, numRuns: 10 },
    );
  });
});
