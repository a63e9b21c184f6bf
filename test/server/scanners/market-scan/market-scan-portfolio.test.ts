import assert from 'node:assert/strict';
import { backtestStrategy } from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import { dailyReturns } from '@fast-scanner/server/analysis/backtest/equity-curve.ts';
import { computeMoments } from '@fast-scanner/server/analysis/backtest/moments.ts';
import { parseParameters } from '@fast-scanner/server/analysis/backtest/parse-parameters.ts';
import { findStrategy } from '@fast-scanner/server/analysis/backtest/strategy-registry.ts';
import type { MarketScanInput, MarketScanResult } from '@fast-scanner/shared';
import { randomSeries } from '../../../support/random-series.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { assertClose } from '../../analysis/support/assert-close.ts';
import { openMarketWorld, STOCK_SERIES, STOCKS, scanToEnd, stockSeries } from './market-world.ts';

/** Equity of every stock by day, each tested alone, by date. */
function soloCurves(): Map<string, Map<string, number>> {
  const strategy = findStrategy('sma_cross');
  const parameters = parseParameters(strategy, { fast: 3, slow: 8 });
  return new Map(
    STOCK_SERIES.map((candles) => {
      const { equity } = backtestStrategy(candles, { strategy, parameters });
      const days = [...candles.openTime].map((time, index) => [dateOf(time), equity[index] ?? 0] as const);
      return [candles.symbol, new Map(days)];
    }),
  );
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

describe('the portfolio of a market scan', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let result: MarketScanResult;

  before(async () => {
    world = await openMarketWorld({ dataDir: folder.path });
    result = await scanToEnd(world.engine);
  });
  after(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  const scan = (request: Partial<MarketScanInput>) => scanToEnd(world.engine, request);

  it('is the sum of all stocks day by day: cash before the first day of one, its last worth after its last', () => {
    const curves = soloCurves();
    const { date, equity } = result.portfolio.curve;
    const dates = [...new Set([...curves.values()].flatMap((curve) => [...curve.keys()]))].sort();
    assert.deepEqual(date, dates);
    assert.equal(curves.get('KO')?.has(dates.at(-1) ?? ''), false, 'one ends before the others');
    assert.equal(curves.get('GE')?.has(dates[0] ?? ''), false, 'one begins after the others');
    const worth = new Map(STOCKS.map((ticker) => [ticker, 10_000]));
    dates.forEach((day, index) => {
      for (const [ticker, curve] of curves) worth.set(ticker, curve.get(day) ?? worth.get(ticker) ?? 0);
      const sum = [...worth.values()].reduce((total, one) => total + one, 0);
      assertClose(equity[index] ?? null, sum, 1e-6);
    });
  });

  it('ends with the money of all stocks and is measured on its own curve', () => {
    const { start_equity, final_equity, return_pct, total_trades, sharpe_ratio, curve } = result.portfolio;
    assert.equal(start_equity, 120_000);
    assertClose(final_equity, 120_000 + result.total_pnl, 1e-6);
    assertClose(return_pct, (100 * result.total_pnl) / 120_000, 1e-9);
    const trades = result.stock_results.reduce((sum, stock) => sum + stock.total_trades, 0);
    assert.equal(total_trades, trades);
    const time = Float64Array.from(curve.date, (day) => Date.parse(day));
    const equity = Float64Array.from(curve.equity);
    const { mean, deviation } = computeMoments(dailyReturns({ time, equity, startEquity: start_equity }));
    assertClose(sharpe_ratio, (mean / deviation) * Math.sqrt(252), 1e-9);
  });

  it('gives the reason of every statistic that cannot be told, under its own name', async () => {
    const { portfolio } = await scan({ strategy: 'buy_and_hold', tickers: ['AAPL'] });
    for (const { reasons, ...statistics } of [portfolio, result.benchmark]) {
      const missing = Object.entries(statistics).flatMap(([name, value]) => (value === null ? [name] : []));
      assert.ok(missing.length > 0);
      assert.deepEqual(Object.keys(reasons).sort(), missing.sort());
    }
    assert.match(portfolio.reasons['sharpe_ratio'] ?? '', /needs 10 trades, there are 1/);
  });

  it('is compared with the same stocks in equal parts where the source has no market fund', () => {
    const { name, start_equity, final_equity, total_trades, win_rate } = result.benchmark;
    assert.equal(name, 'the same symbols in equal parts, bought and held');
    assert.deepEqual([start_equity, total_trades, win_rate], [120_000, 0, null]);
    assert.equal(final_equity, result.portfolio.curve.benchmark.at(-1));
    const lookback = 8;
    const held = STOCK_SERIES.map(({ close }) => (close.at(-1) ?? 0) / (close[lookback - 1] ?? 0));
    assertClose(final_equity, 10_000 * held.reduce((sum, one) => sum + one, 0), 1e-6);
  });

  it('is compared with the market fund where the source has it, which is itself no stock of the universe', async () => {
    const newestOpenTime = Date.UTC(2026, 0, 6);
    const fund = randomSeries({ symbol: 'SPY', timeframe: '1d', count: 400, newestOpenTime, seed: 99 });
    const rich = await openMarketWorld({
      dataDir: `${folder.path}/fund`,
      series: [...STOCK_SERIES, fund],
    });
    const { benchmark, portfolio, total_stocks, universe } = await scanToEnd(rich.engine);
    await rich.engine.close();
    assert.deepEqual([total_stocks, universe.name], [12, 'all stocks of recorded']);
    assert.equal(benchmark.name, 'SPY, bought and held');
    const closes = new Map([...fund.openTime].map((time, index) => [dateOf(time), fund.close[index] ?? 0]));
    const { date } = portfolio.curve;
    portfolio.curve.benchmark.forEach((worth, index) => {
      const growth = (closes.get(date[index] ?? '') ?? 0) / (closes.get(date[0] ?? '') ?? 0);
      assertClose(worth, 120_000 * growth, 1e-6);
    });
    assert.equal(benchmark.final_equity, portfolio.curve.benchmark.at(-1));
    assert.deepEqual({ ...portfolio, curve: null }, { ...result.portfolio, curve: null });
  });

  it('makes less with higher costs, and more with none', async () => {
    const free = await scan({ commission: 0, slippage: 0 });
    const commission = await scan({ commission: 0.01, slippage: 0 });
    const slippage = await scan({ commission: 0, slippage: 0.01 });
    assert.ok(free.total_pnl > result.total_pnl);
    assert.ok(commission.total_pnl < result.total_pnl);
    assert.ok(slippage.total_pnl < result.total_pnl);
    assert.notEqual(slippage.total_pnl, commission.total_pnl);
    assert.deepEqual([commission.conventions.commission, slippage.conventions.slippage], [0.01, 0.01]);
  });

  it('is traded as the conventions say', async () => {
    const whole = await scan({ tickers: ['AAPL'], cash: 150, conventions: { units: 'whole' } });
    const parts = await scan({ tickers: ['AAPL'], cash: 150, conventions: { units: 'fractional' } });
    const both = await scan({ tickers: ['AAPL'], conventions: { direction: 'both' } });
    const short = await scan({ tickers: ['AAPL'], conventions: { direction: 'short' } });
    const atOpen = await scan({ tickers: ['AAPL'], conventions: { last_trade: 'open' } });
    const pnls = [whole, parts, both, short, atOpen].map(({ total_pnl }) => total_pnl);
    assert.equal(new Set(pnls).size, 5, pnls.join(', '));
    assert.deepEqual([both.conventions.direction, atOpen.conventions.last_trade], ['both', 'open']);
    assert.equal(whole.portfolio.start_equity, 150);
  });

  it('of coins trades fractions unless told otherwise, on every day of the year', async () => {
    const coin = { ...stockSeries('BTC/USDT', 3), symbol: 'BTC/USDT' };
    const coins = await openMarketWorld({ dataDir: `${folder.path}/coins`, series: [coin] });
    const fractions = await scanToEnd(coins.engine, { cash: 90 });
    const whole = await scanToEnd(coins.engine, { cash: 90, conventions: { units: 'whole' } });
    await coins.engine.close();
    assert.deepEqual([fractions.conventions.units, whole.conventions.units], ['fractional', 'whole']);
    assert.ok(fractions.portfolio.total_trades > whole.portfolio.total_trades, 'one unit cost more than 90');
    assert.equal(fractions.universe.name, 'all coins of recorded');
    const { curve, sharpe_ratio } = fractions.portfolio;
    const time = Float64Array.from(curve.date, (day) => Date.parse(day));
    const returns = dailyReturns({ time, equity: Float64Array.from(curve.equity), startEquity: 90 });
    const { mean, deviation } = computeMoments(returns);
    assertClose(sharpe_ratio, (mean / deviation) * Math.sqrt(365), 1e-9);
  });
});
