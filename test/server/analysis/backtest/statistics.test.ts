import assert from 'node:assert/strict';
import { computeBacktestStatistics } from '@fast-scanner/server/analysis/backtest/backtest-statistics.ts';
import { backtestStrategy } from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import {
  computeStatistics,
  type StatisticsInput,
} from '@fast-scanner/server/analysis/backtest/compute-statistics.ts';
import { dailyReturns, toDailyCurve } from '@fast-scanner/server/analysis/backtest/equity-curve.ts';
import { periodsPerYear } from '@fast-scanner/server/analysis/backtest/periods-per-year.ts';
import { runBacktest } from '@fast-scanner/server/analysis/backtest/run-backtest.ts';
import { ORDER } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';
import { STATISTIC_FORMULAS } from '@fast-scanner/server/analysis/backtest/statistics.ts';
import { buyAndHold } from '@fast-scanner/server/analysis/backtest/strategies/buy-and-hold.ts';
import fc from 'fast-check';
import { arbitraryWalk } from '../support/analysis-series.ts';
import { assertClose } from '../support/assert-close.ts';
import { assertFinite } from '../support/assert-finite.ts';
import { PROPERTY_RUNS } from '../support/property-runs.ts';
import { closingAt } from './support/candle-rows.ts';
import { signalsOf } from './support/signals.ts';

const DAY_MS = 86_400_000;
const MONDAY = Date.UTC(2026, 0, 5);
const FREE = { commissionRate: 0, slippageRate: 0, units: 'fractional' } as const;
const ESTIMATES = ['sharpe', 'sortino', 'calmar', 'winRatePct', 'profitFactor', 'expectancyPct', 'sqn'];

function curveOf(equity: readonly number[], changes: Partial<StatisticsInput> = {}): StatisticsInput {
  return {
    time: Float64Array.from(equity, (_, index) => MONDAY + index * DAY_MS),
    equity: Float64Array.from(equity),
    startEquity: 100,
    trades: null,
    exposureRatio: null,
    benchmarkReturnRatio: null,
    ...changes,
  };
}

function outcomesOf(returnRatios: readonly number[], stake = 100) {
  return {
    returnRatio: Float64Array.from(returnRatios),
    pnl: Float64Array.from(returnRatios, (ratio) => ratio * stake),
  };
}

describe('statistics of an equity curve', () => {
  // Returns +10 %, −10 %, +20 %, −5 %.
  const equity = [100, 110, 99, 118.8, 112.86];
  const mean = 0.15 / 4;
  const deviation = Math.sqrt((0.0625 ** 2 + 0.1375 ** 2 + 0.1625 ** 2 + 0.0875 ** 2) / 3);

  it('return, growth, volatility and ratios follow their formulas', () => {
    const statistics = computeStatistics(curveOf(equity));
    assertClose(statistics.returnPct, 12.86, 1e-12);
    assertClose(statistics.cagrPct, 100 * (1.1286 ** (365.25 / 4) - 1), 1e-6);
    assertClose(statistics.annualVolatilityPct, 100 * deviation * Math.sqrt(252), 1e-10);
    assertClose(statistics.sharpe, (mean / deviation) * Math.sqrt(252), 1e-10);
    const downside = Math.sqrt((0.1 ** 2 + 0.05 ** 2) / 4);
    assertClose(statistics.sortino, (mean / downside) * Math.sqrt(252), 1e-10);
    assertClose(statistics.calmar, (statistics.cagrPct ?? 0) / 100 / 0.1, 1e-6);
    assert.deepEqual(
      [statistics.startEquity, statistics.finalEquity, statistics.peakEquity],
      [100, 112.86, 118.8],
    );
  });

  it('a year of crypto has 365 days, one of weekly candles 52 weeks', () => {
    const crypto = computeStatistics(curveOf(equity), { periodsPerYear: periodsPerYear('crypto', '1h') });
    assertClose(crypto.sharpe, (mean / deviation) * Math.sqrt(365), 1e-10);
    assert.equal(periodsPerYear('stocks', '1d'), 252);
    assert.equal(periodsPerYear('stocks', '1w'), 52);
  });

  it('the drawdown is the deepest fall below a peak, its duration the longest time until one was reached again', () => {
    const { maxDrawdownRatio, maxDrawdownDays } = computeStatistics(
      curveOf([100, 120, 90, 118, 119, 120, 130, 65, 140, 139]),
    );
    assert.equal(maxDrawdownRatio, 0.5);
    assert.equal(maxDrawdownDays, 4);
  });

  it('a fall from the start counts, and one that never recovers lasts until the end', () => {
    const falling = computeStatistics(curveOf([100, 95, 90, 91, 92]));
    assertClose(falling.maxDrawdownRatio, 0.1, 1e-15);
    assert.equal(falling.maxDrawdownDays, 4);
    assert.equal(computeStatistics(curveOf([100, 101, 101, 102])).maxDrawdownDays, 0);
  });

  it('candles shorter than a day are measured from day to day', () => {
    const time = Float64Array.from([0, 6, 18, 24, 47, 72], (hours) => MONDAY + hours * 3_600_000);
    const hourly = { time, equity: Float64Array.from([100, 90, 110, 130, 121, 133.1]), startEquity: 100 };
    assert.deepEqual([...toDailyCurve(hourly).equity], [110, 121, 133.1]);
    assert.deepEqual(
      [...toDailyCurve(hourly).time],
      [0, 1, 3].map((day) => MONDAY + day * DAY_MS),
    );
    assert.deepEqual(
      [...dailyReturns(hourly)].map((value) => value.toFixed(12)),
      Array(3).fill('0.100000000000'),
    );
  });

  it('what a curve without losses or movement does not have is null, and says why', () => {
    const rising = computeStatistics(curveOf([100, 110, 130]));
    assert.deepEqual([rising.sortino, rising.calmar], [null, null]);
    assert.equal(rising.reasons.sortino, 'no day made a loss');
    assert.equal(rising.reasons.calmar, 'there is no drawdown');
    const flat = computeStatistics(curveOf([100, 100, 100]));
    assert.deepEqual([flat.returnPct, flat.cagrPct, flat.annualVolatilityPct, flat.sharpe], [0, 0, 0, null]);
    assert.equal(flat.reasons.sharpe, 'the equity does not vary');
    const single = computeStatistics(curveOf([100]));
    assert.deepEqual([single.cagrPct, single.reasons.cagrPct], [null, 'no time passes']);
    assert.equal(single.reasons.annualVolatilityPct, 'there are less than two returns');
    const lost = computeStatistics(curveOf([100, 50, -10]));
    assert.deepEqual([lost.cagrPct, lost.reasons.cagrPct], [null, 'all the money is lost']);
    assertClose(lost.returnPct, -110, 1e-12);
    const empty = computeStatistics(curveOf([]));
    assert.deepEqual([empty.finalEquity, empty.returnPct, empty.maxDrawdownRatio], [100, 0, 0]);
  });
});

describe('statistics of trades', () => {
  const ratios = [0.1, -0.05, 0.2, -0.1, 0, 0.05, 0.1, -0.02, 0.03, 0.04];
  const curve = [100, 101, 100.5, 103];

  it('follow their formulas', () => {
    const statistics = computeStatistics(curveOf(curve, { trades: outcomesOf(ratios) }));
    assert.deepEqual(
      [statistics.tradeCount, statistics.winningTrades, statistics.losingTrades, statistics.winRatePct],
      [10, 6, 3, 60],
    );
    assertClose(statistics.profitFactor, 0.52 / 0.17, 1e-12);
    assertClose(statistics.expectancyPct, 3.5, 1e-12);
    assert.deepEqual([statistics.bestTradePct, statistics.worstTradePct], [20, -10]);
    // Σ (R − 0.035)² = 0.0779 − 10 · 0.035² = 0.06565.
    assertClose(statistics.sqn, (Math.sqrt(10) * 3.5) / Math.sqrt(656.5 / 9), 1e-10);
  });

  it('below ten trades what is estimated from them is null, and says so; facts are not', () => {
    const nine = computeStatistics(curveOf(curve, { trades: outcomesOf(ratios.slice(0, 9)) }));
    assert.deepEqual(
      Object.keys(nine.reasons).sort(),
      [...ESTIMATES, 'exposurePct', 'benchmarkReturnPct'].sort(),
    );
    for (const name of ['sharpe', 'winRatePct'] as const) {
      assert.equal(nine[name], null);
      assert.equal(nine.reasons[name], 'needs 10 trades, there are 9');
    }
    assert.deepEqual([nine.winningTrades, nine.bestTradePct, nine.worstTradePct], [5, 20, -10]);
    const enough = computeStatistics(curveOf(curve, { trades: outcomesOf(ratios.slice(0, 9)) }), {
      minTrades: 9,
    });
    assert.notEqual(enough.winRatePct, null);
  });

  it('without a loss there is no profit factor, without a trade nothing, on a benchmark the curve alone', () => {
    const wins = computeStatistics(curveOf(curve, { trades: outcomesOf(Array(10).fill(0.1)) }));
    assert.deepEqual([wins.profitFactor, wins.sqn], [null, null]);
    assert.equal(wins.reasons.profitFactor, 'no trade made a loss');
    assert.equal(wins.reasons.sqn, 'all trades made the same');
    const none = computeStatistics(curveOf(curve, { trades: outcomesOf([]) }));
    assert.deepEqual([none.bestTradePct, none.reasons.bestTradePct], [null, 'there was no trade']);
    const benchmark = computeStatistics(curveOf(curve));
    assert.notEqual(benchmark.sharpe, null);
    assert.equal(benchmark.reasons.winRatePct, 'it was not traded');
  });

  it('a hundred thousand trades are no problem', () => {
    const many = computeStatistics(curveOf(curve, { trades: outcomesOf(Array(200_000).fill(0.01)) }));
    assert.equal(many.bestTradePct, 1);
  });
});

describe('statistics of a backtest', () => {
  it('exposure counts each candle with a position once, also where one ends and the next begins', () => {
    const candles = closingAt([100, 100, 101, 102, 101, 100, 99, 98]);
    const wanted = { 1: { order: ORDER.long }, 3: { order: ORDER.short }, 5: { order: ORDER.exit } };
    const result = runBacktest(candles, signalsOf(8, wanted), { ...FREE, direction: 'both' });
    // In the market from the open of candle 2 until the open of candle 6: five candles, candle 4 with two positions.
    assert.equal(computeBacktestStatistics(candles, result).exposurePct, 62.5);
  });

  it('buy & hold is bought at the close of the last warm-up candle; the strategy of that name does the same a candle later', () => {
    const candles = closingAt([100, 110, 120, 150]);
    const choice = { strategy: buyAndHold, parameters: {} };
    const result = backtestStrategy(candles, choice, FREE);
    const statistics = computeBacktestStatistics(candles, result, { lookback: 2 });
    assertClose(statistics.benchmarkReturnPct, 100 * (150 / 110 - 1), 1e-12);
    const held = computeBacktestStatistics(candles, result);
    assertClose(held.returnPct, 50, 1e-10);
    assertClose(held.benchmarkReturnPct, held.returnPct, 1e-10);
    assert.equal(computeBacktestStatistics(candles, result, { lookback: 5 }).benchmarkReturnPct, null);
  });

  it('warm-up candles before `tradeFrom` are no part of it', () => {
    const candles = closingAt([500, 400, 300, 100, 100, 110, 120]);
    const result = backtestStrategy(
      candles,
      { strategy: buyAndHold, parameters: {} },
      { ...FREE, tradeFrom: 3 },
    );
    const statistics = computeBacktestStatistics(candles, result);
    assertClose(statistics.benchmarkReturnPct, 20, 1e-10);
    assertClose(statistics.returnPct, 20, 1e-10);
    assert.equal(statistics.exposurePct, 75);
    assertClose(statistics.cagrPct, 100 * (1.2 ** (365.25 / 3) - 1), 1);
  });

  it('every number is finite and every null has its reason, whatever the market', () => {
    const names = Object.keys(STATISTIC_FORMULAS).sort();
    fc.assert(
      fc.property(
        arbitraryWalk({ minCount: 1, maxCount: 60 }),
        fc.integer({ min: 1, max: 70 }),
        (candles, lookback) => {
          const result = backtestStrategy(candles, { strategy: buyAndHold, parameters: {} });
          for (const ratios of ['arithmetic', 'geometric'] as const) {
            const statistics = computeBacktestStatistics(candles, result, { lookback, ratios, minTrades: 0 });
            assertFinite(statistics);
            const missing = Object.entries(statistics).filter(([, value]) => value === null);
            assert.deepEqual(missing.map(([name]) => name).sort(), Object.keys(statistics.reasons).sort());
            assert.deepEqual(
              names.filter((name) => !(name in statistics)),
              [],
            );
          }
        },
      ),
      PROPERTY_RUNS,
    );
  });
});
