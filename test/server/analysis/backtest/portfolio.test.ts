import assert from 'node:assert/strict';
import { computePortfolio } from '@fast-scanner/server/analysis/backtest/compute-portfolio.ts';
import { runBacktest } from '@fast-scanner/server/analysis/backtest/run-backtest.ts';
import { ORDER } from '@fast-scanner/server/analysis/backtest/signal-columns.ts';
import { toStockCurve } from '@fast-scanner/server/analysis/backtest/stock-curve.ts';
import { assertClose } from '../support/assert-close.ts';
import { closingAt } from './support/candle-rows.ts';
import { signalsOf } from './support/signals.ts';

const DAY_MS = 86_400_000;
const FREE = { commissionRate: 0, slippageRate: 0, cash: 1_000 } as const;
const MONDAY = Date.UTC(2026, 0, 5);

/** A stock bought at the open of its second day. */
function stock(closes: readonly number[], { firstDay = MONDAY, lookback = 1, missing = -1 } = {}) {
  const all = closingAt(closes, firstDay);
  const keep = (column: Float64Array) => column.filter((_, index) => index !== missing);
  const candles = {
    openTime: keep(all.openTime),
    open: keep(all.open),
    high: keep(all.high),
    low: keep(all.low),
    close: keep(all.close),
    volume: keep(all.volume),
  };
  const signals = signalsOf(candles.close.length, { 0: { order: ORDER.long } });
  return toStockCurve(candles, runBacktest(candles, signals, FREE), lookback);
}

describe('the portfolio', () => {
  it('sums the equity of all stocks by date: cash before the first day, the last equity on days without a candle', () => {
    const { time, equity, statistics } = computePortfolio([
      stock([100, 110, 120, 130, 125]),
      stock([50, 60, 70], { firstDay: MONDAY + DAY_MS }),
      stock([10, 11, 12, 14], { missing: 2 }),
    ]);
    assert.deepEqual(
      [...time],
      [0, 1, 2, 3, 4].map((day) => MONDAY + day * DAY_MS),
    );
    // The third stock has no third day: its fourth opens at 12, and it ended a day before the others.
    assert.deepEqual(
      [...equity],
      [
        1_000 + 1_000 + 1_000,
        1_100 + 1_000 + 1_100,
        1_200 + 1_200 + 1_100,
        1_300 + 1_400 + 1_400,
        1_250 + 1_400 + 1_400,
      ],
    );
    assert.equal(statistics.startEquity, 3_000);
    assertClose(statistics.returnPct, 35, 1e-12);
    assert.equal(statistics.tradeCount, 3);
    assertClose(statistics.maxDrawdownRatio, 50 / 4_100, 1e-12);
  });

  it('is measured on its own equity: two stocks that balance each other have no drawdown', () => {
    const { statistics } = computePortfolio([stock([100, 110, 100, 110]), stock([100, 90, 100, 90])]);
    assert.equal(statistics.maxDrawdownRatio, 0);
    assert.equal(statistics.annualVolatilityPct, 0);
  });

  it('is compared with the same money held in equal parts of all stocks', () => {
    const { benchmark, benchmarkStatistics, statistics } = computePortfolio([
      stock([100, 110, 120]),
      stock([20, 10, 20], { lookback: 2 }),
    ]);
    // The second stock is bought at the end of its warm-up, at 10.
    assert.deepEqual([...benchmark], [2_000, 1_100 + 1_000, 1_200 + 2_000]);
    assertClose(benchmarkStatistics.returnPct, 60, 1e-12);
    assertClose(statistics.benchmarkReturnPct, 60, 1e-12);
    assert.equal(benchmarkStatistics.reasons.sqn, 'it was not traded');
    assert.equal(benchmarkStatistics.reasons.exposurePct, 'it was not traded');
  });

  it('pools the trades and the time in the market of all stocks', () => {
    const many = Array.from({ length: 12 }, (_, index) => stock([100, 100, 110 - index]));
    const { statistics } = computePortfolio(many);
    assert.equal(statistics.tradeCount, 12);
    assertClose(statistics.winRatePct, (100 * 10) / 12, 1e-12);
    assert.equal(statistics.bestTradePct, 10);
    assertClose(statistics.exposurePct, (100 * 2) / 3, 1e-12);
    assert.notEqual(statistics.sharpe, null);
  });

  it('begins with the candle the backtest began with', () => {
    const candles = closingAt([500, 400, 100, 100, 150]);
    const result = runBacktest(candles, signalsOf(5, { 2: { order: ORDER.long } }), {
      ...FREE,
      tradeFrom: 2,
    });
    const { time, equity, benchmark, statistics } = computePortfolio([toStockCurve(candles, result, 1)]);
    assert.equal(time[0], MONDAY + 2 * DAY_MS);
    assert.deepEqual([...equity], [1_000, 1_000, 1_500]);
    assert.deepEqual([...benchmark], [1_000, 1_000, 1_500]);
    assertClose(statistics.exposurePct, (100 * 2) / 3, 1e-12);
  });

  it('of no stocks is empty', () => {
    const { time, equity, statistics } = computePortfolio([]);
    assert.deepEqual([time.length, equity.length, statistics.tradeCount], [0, 0, 0]);
    assert.equal(statistics.exposurePct, null);
  });
});
