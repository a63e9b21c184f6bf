import assert from 'node:assert/strict';
import { backtestStrategy } from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import { deflateBestSharpe } from '@fast-scanner/server/analysis/backtest/deflated-sharpe.ts';
import { dailyReturns } from '@fast-scanner/server/analysis/backtest/equity-curve.ts';
import { parseParameters } from '@fast-scanner/server/analysis/backtest/parse-parameters.ts';
import type { StockCurve } from '@fast-scanner/server/analysis/backtest/stock-curve.ts';
import { findStrategy } from '@fast-scanner/server/analysis/backtest/strategy-registry.ts';
import { createMarketScanJob } from '@fast-scanner/server/scanners/market-scan/create-market-scan-job.ts';
import { MarketScanLedger } from '@fast-scanner/server/scanners/market-scan/market-scan-ledger.ts';
import { StrategyBook } from '@fast-scanner/server/scanners/market-scan/strategy-book.ts';
import { summarizeSweep } from '@fast-scanner/server/scanners/market-scan/summarize-sweep.ts';
import { toTestPlan } from '@fast-scanner/server/scanners/market-scan/test-plan.ts';
import { type SweepResult, sliceColumns, sweepRequestSchema } from '@fast-scanner/shared';
import { completeMarketLog, marketEndOf, marketEventsOf } from '../../../support/market-scan-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { assertClose } from '../../analysis/support/assert-close.ts';
import { openMarketWorld, STOCK_SERIES, startSweep, sweepToEnd, timeless } from './market-world.ts';

/** A hundred days that rise by this much on average, with so many trades. */
function curveOf(drift: number, trades: number): StockCurve {
  const time = Float64Array.from({ length: 100 }, (_, day) => Date.UTC(2025, 0, 1 + day));
  let worth = 10_000;
  const equity = time.map((_, day) => {
    worth *= 1 + drift + (day % 2 === 0 ? 0.01 : -0.01);
    return worth;
  });
  const outcomes = new Float64Array(trades).fill(1);
  return {
    time,
    equity,
    benchmark: equity,
    startEquity: 10_000,
    candles: 100,
    candlesInMarket: 50,
    trades: { pnl: outcomes, returnRatio: outcomes },
  };
}

const GRID = { fast: [3, 5, 3], slow: [8, 13] };

describe('a parameter sweep', () => {
  const folder = temporaryFolder();
  const strategy = findStrategy('sma_cross');
  let world: ScannerWorld;
  let result: SweepResult;

  before(async () => {
    world = await openMarketWorld({ dataDir: folder.path });
    result = await sweepToEnd(world.engine, { parameters: GRID });
  });
  after(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  it('tells its start, progress every five stocks, and everything it came to', async () => {
    const jobId = await startSweep(world.engine, { parameters: GRID });
    const log = await completeMarketLog(world.engine, jobId);
    assert.deepEqual(
      log.map(({ type }) => type),
      ['start', 'progress', 'progress', 'progress', 'sweepComplete'],
    );
    const last = marketEventsOf(log, 'progress').at(-1);
    assert.deepEqual([last?.current, last?.successful, last?.failed, last?.progress_pct], [12, 12, 0, 100]);
    const { type: _, ...told } = marketEndOf(log, 'sweepComplete');
    assert.deepEqual(timeless(told), timeless(result), 'it comes to the same every time');
    const job = await world.engine.marketScans.job(jobId);
    assert.deepEqual([job?.kind, job?.status, job?.current], ['sweep', 'completed', 12]);
  });

  it('tries every combination once and lists them by their Sharpe ratio before the split', () => {
    assert.deepEqual(result.variants.map(({ parameters: { fast, slow } }) => `${fast}/${slow}`).sort(), [
      '3/13',
      '3/8',
      '5/13',
      '5/8',
    ]);
    const sharpes = result.variants.map(({ in_sample }) => in_sample.sharpe_ratio ?? Number.NaN);
    assert.deepEqual(
      sharpes,
      sharpes.toSorted((a, b) => b - a),
    );
    assert.ok(new Set(sharpes).size > 1);
  });

  it('splits at the midnight that leaves the asked share of all days before it', async () => {
    const first = Math.min(...STOCK_SERIES.map(({ openTime }) => openTime[0] ?? 0));
    const last = Math.max(...STOCK_SERIES.map(({ openTime }) => openTime.at(-1) ?? 0));
    const day = (share: number) => new Date(first + share * (last - first)).toISOString().slice(0, 10);
    assert.equal(result.split_date, day(0.7));
    const { split_date } = await sweepToEnd(world.engine, { parameters: GRID, in_sample: 0.5 });
    assert.equal(split_date, day(0.5));
  });

  it('tests each variant on the candles before the split, and again on those after it, which it enters warmed up', () => {
    const split = Date.parse(result.split_date);
    for (const { parameters, in_sample, out_of_sample } of result.variants) {
      const choice = { strategy, parameters: parseParameters(strategy, parameters) };
      let [before, after, trades] = [0, 0, 0];
      for (const candles of STOCK_SERIES) {
        const at = candles.openTime.findIndex((time) => time >= split);
        const past = backtestStrategy(sliceColumns(candles, 0, at), choice);
        const future = backtestStrategy(candles, choice, { tradeFrom: at });
        before += past.finalEquity;
        after += future.finalEquity;
        trades += past.trades.count;
      }
      assertClose(in_sample.final_equity, before, 1e-6);
      assertClose(out_of_sample.final_equity, after, 1e-6);
      assert.deepEqual([in_sample.total_trades, out_of_sample.start_equity], [trades, 120_000]);
    }
  });

  it('says how likely its best variant is luck: the more were tried, the likelier', async () => {
    const { deflated_sharpe: many, variants, verdict } = result;
    assert.equal(many?.variants, 4);
    const [best] = variants;
    const grid = Object.entries(best?.parameters ?? {}).map(([name, value]) => [name, [value]]);
    const alone = await sweepToEnd(world.engine, { parameters: Object.fromEntries(grid) });
    assert.deepEqual(alone.variants, [best]);
    assert.deepEqual([alone.deflated_sharpe?.variants, alone.deflated_sharpe?.expected_maximum], [1, 0]);
    assert.ok((many?.expected_maximum ?? 0) > 0);
    assert.ok((many?.probability ?? 1) < (alone.deflated_sharpe?.probability ?? 0));
    const sharpe = (best?.in_sample.sharpe_ratio ?? 0).toFixed(2);
    assert.ok(
      verdict.startsWith(`The best of 4 variants has a Sharpe ratio of ${sharpe} before the split and`),
    );
    assert.ok(
      alone.verdict.startsWith(`The only variant has a Sharpe ratio of ${sharpe} before the split and`),
    );
  });

  it('does not judge variants that hardly traded', async () => {
    const { verdict, deflated_sharpe, variants } = await sweepToEnd(world.engine, {
      strategy: 'buy_and_hold',
      parameters: {},
      tickers: ['AAPL', 'PG'],
    });
    assert.equal(verdict, 'No variant traded enough to be judged.');
    assert.deepEqual([deflated_sharpe, variants.length], [null, 1]);
    assert.match(variants[0]?.in_sample.reasons['sharpe_ratio'] ?? '', /needs 10 trades/);
  });

  it('judges the variant it lists first, not one with a finer curve that hardly traded', async () => {
    const { feeds, clock } = world.engine;
    const parameters = { fast: [3, 5], slow: [8] };
    const request = sweepRequestSchema.parse({ strategy: 'sma_cross', parameters });
    const order = { idempotencyKey: undefined, priority: 'background' } as const;
    const job = await createMarketScanJob(request, order, { feeds, clock, strategies: new StrategyBook() });
    const { task } = job.input;
    assert.ok(task.kind === 'sweep');
    const universe = { name: 'one stock', asOf: null, tickers: ['AAPL'], caveats: [] };
    const ledger = new MarketScanLedger({ ...job, state: { ...job.state, universe } }, [], world.engine);
    const [fine, plain] = [curveOf(0.003, 3), curveOf(0.0005, 12)];
    const { variants, deflated_sharpe, verdict } = await summarizeSweep(ledger, {
      task,
      plan: toTestPlan(job.input, universe),
      splitAt: 0,
      variants: [fine, plain].map((curve) => ({ inSample: curve, outOfSample: curve })),
    });
    assert.deepEqual(
      variants.map(({ parameters: { fast }, in_sample }) => [fast, in_sample.sharpe_ratio === null]),
      [
        [5, false],
        [3, true],
      ],
    );
    const expected = deflateBestSharpe([fine, plain].map(dailyReturns), 1);
    assert.equal(deflated_sharpe?.probability, expected?.probability);
    const sharpe = (variants[0]?.in_sample.sharpe_ratio ?? 0).toFixed(2);
    assert.ok(verdict.startsWith(`The best of 2 variants has a Sharpe ratio of ${sharpe} before`), verdict);
    assert.match(
      verdict,
      /That is not convincing: the probability that it is more than the luck of trying so many/,
    );
  });

  it('needs candles on both sides of the split', async () => {
    const jobId = await startSweep(world.engine, {
      tickers: ['AAPL'],
      start_date: '2025-12-28',
      parameters: GRID,
    });
    const { code, error } = marketEndOf(await completeMarketLog(world.engine, jobId), 'failed');
    assert.equal(code, 'insufficient_data');
    assert.match(error, /candles are too few for a warm-up of/);
  });
});
