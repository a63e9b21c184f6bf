import assert from 'node:assert/strict';
import { createEngine, type Engine } from '@fast-scanner/server/engine.ts';
import { sectorOf } from '@fast-scanner/server/market-data/universes/sp500.ts';
import { type MarketScanEvent, marketJobSchema, marketScanResultSchema } from '@fast-scanner/shared';
import { completeMarketLog, marketEndOf, marketEventsOf } from '../../../support/market-scan-log.ts';
import { sharedAnalyst } from '../../../support/shared-analyst.ts';
import { sharedBacktester } from '../../../support/shared-backtester.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testConfig } from '../../../support/test-config.ts';
import { STOCKS, scanToEnd, startScan, timeless } from './market-world.ts';

const RANGE = { start_date: '2023-01-03', end_date: '2024-12-31' };

describe('a market scan of simulated stocks', () => {
  const folder = temporaryFolder();
  const bugs: unknown[] = [];
  let engine: Engine;
  let jobId = '';
  let log: MarketScanEvent[] = [];

  before(async () => {
    const workers = { analyst: sharedAnalyst(), backtester: sharedBacktester() };
    const onBug = (error: unknown) => bugs.push(error);
    engine = await createEngine(testConfig({ dataDir: folder.path }), { ...workers, onBug });
    await engine.open();
    jobId = await startScan(engine, { tickers: [...STOCKS, 'NOWHERE'], ...RANGE });
    log = await completeMarketLog(engine, jobId);
  });
  after(async () => {
    await engine.close();
    assert.deepEqual(bugs, []);
  });

  it('tells its start, progress every five stocks and at the end, then everything it came to', () => {
    assert.deepEqual(
      log.map(({ type }) => type).filter((type) => type !== 'error'),
      ['start', 'progress', 'progress', 'progress', 'complete'],
    );
    const [start] = marketEventsOf(log, 'start');
    assert.deepEqual([start?.total, start?.total_stocks], [13, 13]);
    assert.equal(start?.message, 'sma_cross over the symbols named (13)');
    const last = marketEventsOf(log, 'progress').at(-1);
    const { current, total, progress_pct, successful, failed, eta_seconds } = last ?? {};
    assert.deepEqual(
      [current, total, progress_pct, successful, failed, eta_seconds],
      [13, 13, 100, 12, 1, 0],
    );
  });

  it('says after each group how many went well, what they made and how long is left', () => {
    const { stock_results, total_pnl } = marketEndOf(log, 'complete');
    const steps = marketEventsOf(log, 'progress');
    for (const { current, successful, failed, stock_time, elapsed_time, eta_seconds, ticker } of steps) {
      assert.equal(successful + failed, current);
      assert.ok([...STOCKS, 'NOWHERE'].includes(ticker));
      assert.ok(stock_time >= 0 && stock_time < elapsed_time, `${stock_time} of ${elapsed_time} s`);
      assert.ok(eta_seconds !== null && eta_seconds >= 0);
    }
    assert.ok(Math.abs((steps.at(-1)?.current_pnl ?? 0) - total_pnl) < 1e-6);
    const pnls = new Map(stock_results.map(({ ticker, pnl }) => [ticker, pnl]));
    const groups = [STOCKS.slice(0, 5), STOCKS.slice(5, 10), STOCKS.slice(10)];
    const sums = groups.map((group) => group.reduce((sum, ticker) => sum + (pnls.get(ticker) ?? 0), 0));
    const first = groups.findIndex((group) => group.includes(steps[0]?.ticker ?? ''));
    assert.ok(Math.abs((steps[0]?.current_pnl ?? 0) - (sums[first] ?? 0)) < 1e-6, 'the running sum');
  });

  it('tells an unknown ticker as an error with its code and lists it among the failures', () => {
    const [error, ...others] = marketEventsOf(log, 'error');
    assert.deepEqual(others, []);
    assert.deepEqual([error?.ticker, error?.code, error?.total], ['NOWHERE', 'symbol_unknown', 13]);
    assert.match(error?.error ?? '', /does not list NOWHERE/);
    const { failures, failed, successful, total_stocks } = marketEndOf(log, 'complete');
    assert.deepEqual(failures, [{ ticker: 'NOWHERE', error: error?.error, code: 'symbol_unknown' }]);
    assert.deepEqual([failed, successful, total_stocks], [1, 12, 13]);
  });

  it('lists every stock once, by what it made, with its sector', () => {
    const { stock_results, best, worst, total_pnl } = marketEndOf(log, 'complete');
    assert.deepEqual(stock_results.map(({ ticker }) => ticker).sort(), STOCKS.toSorted());
    const pnls = stock_results.map(({ pnl }) => pnl);
    assert.deepEqual(
      pnls,
      pnls.toSorted((a, b) => b - a),
    );
    assert.deepEqual(best, stock_results.slice(0, 10));
    assert.deepEqual(worst, stock_results.toReversed().slice(0, 10));
    assert.ok(Math.abs(total_pnl - pnls.reduce((sum, pnl) => sum + pnl, 0)) < 1e-6);
    for (const { ticker, sector, pnl, start_value, end_value, return_pct } of stock_results) {
      assert.equal(sector, sectorOf(ticker));
      assert.equal(start_value, 10_000);
      assert.ok(Math.abs(end_value - start_value - pnl) < 1e-9);
      assert.ok(Math.abs(return_pct - (100 * pnl) / start_value) < 1e-9);
    }
  });

  it('looks at the days asked for, both included', () => {
    for (const { first_date, last_date, candles } of marketEndOf(log, 'complete').stock_results) {
      assert.deepEqual([first_date, last_date, candles], ['2023-01-03', '2024-12-31', 502]);
    }
  });

  it('counts stocks and sectors alike', () => {
    const { macro_statistics, stock_results } = marketEndOf(log, 'complete');
    const { by_sector, ...all } = macro_statistics;
    const sectors = Object.values(by_sector);
    assert.equal(sectors.length, new Set(STOCKS.map(sectorOf)).size);
    for (const name of ['stocks', 'profitable_stocks', 'losing_stocks', 'neutral_stocks'] as const) {
      assert.equal(
        all[name],
        sectors.reduce((sum, sector) => sum + sector[name], 0),
        name,
      );
    }
    assert.equal(all.profitable_stocks, stock_results.filter(({ pnl }) => pnl > 0).length);
    const trades = stock_results.reduce((sum, { total_trades }) => sum + total_trades, 0);
    assert.equal(all.avg_trades_per_stock, trades / 12);
    const weighted = sectors.reduce((sum, { pnl, stocks }) => sum + (pnl?.avg ?? 0) * stocks, 0);
    assert.ok(Math.abs((all.pnl?.avg ?? 0) - weighted / 12) < 1e-9);
  });

  it('shows how the returns are spread: every stock in one bin of a round width', () => {
    const { distribution, stock_results } = marketEndOf(log, 'complete');
    const { edges, counts } = distribution;
    assert.equal(edges.length, counts.length + 1);
    edges.slice(1).forEach((edge, bin) => {
      const from = edges[bin] ?? Number.NaN;
      const within = stock_results.filter(({ return_pct }) => return_pct >= from && return_pct < edge);
      assert.equal(within.length, counts[bin], `${from} to ${edge}`);
    });
  });

  it('says whose data it was, that it is simulated, and how was traded', () => {
    const result = marketEndOf(log, 'complete');
    assert.deepEqual(result.data_source, { exchange: 'demo', kind: 'simulated' });
    assert.deepEqual(result.parameters, { fast: 3, slow: 8 });
    assert.deepEqual(result.conventions, {
      cash: 10_000,
      commission: 0.001,
      slippage: 0.0005,
      direction: 'long',
      units: 'whole',
      last_trade: 'close',
    });
    assert.match(result.caveats.join('\n'), /Simulated data/);
    assert.deepEqual(result.universe, { name: 'the symbols named', as_of: null });
  });

  it('is shown as a job with the same counts', async () => {
    const job = marketJobSchema.parse(await engine.marketScans.job(jobId));
    const { kind, status, current, total, successful, failed, progress_pct, eta_seconds, error } = job;
    assert.deepEqual(
      [kind, status, current, total, successful, failed],
      ['scan', 'completed', 13, 13, 12, 1],
    );
    assert.deepEqual([progress_pct, eta_seconds, error, job.details_kept], [100, null, null, true]);
    assert.equal(job.current_pnl, marketEventsOf(log, 'progress').at(-1)?.current_pnl);
    assert.ok(job.elapsed_time > 0 && job.started_at !== null && job.completed_at !== null);
    const { jobs, next_cursor } = await engine.marketScans.jobs({ limit: 1 });
    assert.deepEqual([jobs, next_cursor], [[job], null]);
  });

  it('can be of weeks', async () => {
    const { interval, stock_results, portfolio } = await scanToEnd(engine, {
      tickers: ['AAPL', 'GE'],
      interval: '1w',
      ...RANGE,
    });
    assert.equal(interval, '1w');
    for (const { candles } of stock_results) assert.ok(Math.abs(candles - 104) <= 1, `${candles} weeks`);
    assert.equal(portfolio.curve.date.length, stock_results[0]?.candles);
  });

  it('fails with the reason when the source has no candles of that length', async () => {
    const failing = await startScan(engine, { tickers: ['AAPL', 'GE'], interval: '1h', ...RANGE });
    const told = await completeMarketLog(engine, failing);
    const { code, error } = marketEndOf(told, 'failed');
    assert.equal(code, 'not_supported');
    assert.match(error, /none of the 2 symbols could be tested: .*candles of 1d and 1w, not of 1h/);
    assert.equal(marketEventsOf(told, 'error').length, 2);
  });

  it('comes to the same a second time', async () => {
    const again = await scanToEnd(engine, { tickers: [...STOCKS, 'NOWHERE'], ...RANGE });
    const { type: _, ...first } = marketEndOf(log, 'complete');
    assert.deepEqual(timeless(again), timeless(marketScanResultSchema.parse(first)));
  });
});
