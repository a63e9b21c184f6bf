import assert from 'node:assert/strict';
import type { Engine } from '@fast-scanner/server/engine.ts';
import type { Backtester } from '@fast-scanner/server/scanners/market-scan/backtester.ts';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { completeMarketLog, marketEndOf, marketEventsOf } from '../../../support/market-scan-log.ts';
import { randomSeries } from '../../../support/random-series.ts';
import { type ScannerWorldOptions, WORLD_NOW } from '../../../support/scanner-world.ts';
import { sharedBacktester } from '../../../support/shared-backtester.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import {
  holdBack,
  openMarketWorld,
  resultOf,
  STOCKS,
  scanToEnd,
  startScan,
  startSweep,
  sweepToEnd,
  timeless,
} from './market-world.ts';

const DAY_MS = 86_400_000;

describe('a market scan that outlives its process', () => {
  const folder = temporaryFolder();

  /** Starts a job of which KO is not read, waits until the rest of its groups is done and closes the engine. */
  async function interrupt(
    options: ScannerWorldOptions,
    start: (engine: Engine) => Promise<string>,
    current: number,
  ): Promise<string> {
    const world = await openMarketWorld(options);
    holdBack(world, (symbol) => symbol === 'KO');
    const jobId = await start(world.engine);
    await eventually(async () => assert.equal((await world.engine.marketScans.job(jobId))?.current, current));
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
    return jobId;
  }

  it('goes on under the same id, repeats nothing it has told, and comes to the same as one that was not interrupted', async () => {
    const request = { tickers: [...STOCKS, 'NOWHERE'] };
    const dataDir = `${folder.path}/resumed`;
    const jobId = await interrupt({ dataDir }, (engine) => startScan(engine, request), 8);
    const second = await openMarketWorld({ dataDir });
    const result = await resultOf(second.engine, jobId);
    const log = await completeMarketLog(second.engine, jobId);
    assert.deepEqual(
      log.map(({ type }) => type).filter((type) => type !== 'progress'),
      ['start', 'error', 'complete'],
    );
    assert.equal(marketEventsOf(log, 'progress').at(-1)?.current, 13);
    assert.equal(marketEventsOf(log, 'progress').length, 3);
    assert.ok(
      second.source.requests.every(({ symbol }) => symbol !== 'NOWHERE'),
      'what failed stays failed',
    );
    assert.deepEqual(timeless(result), timeless(await scanToEnd(second.engine, request)));
    const record = await second.engine.store.getJob(jobId);
    assert.equal(record?.attempts, 1, 'only attempts without progress count');
    const job = await second.engine.marketScans.job(jobId);
    assert.ok(job && job.elapsed_time >= result.total_time);
    await second.engine.close();
    assert.deepEqual(second.bugs, []);
  });

  it('looks at the same stocks and the same days, though the source has more by now', async () => {
    const dataDir = `${folder.path}/next-day`;
    const newestOpenTime = Date.UTC(2026, 0, 20);
    const series = ['AAPL', 'BAC', 'CVX', 'GE', 'JPM', 'KO'].map((symbol, seed) =>
      randomSeries({ symbol, timeframe: '1d', count: 100, newestOpenTime, seed }),
    );
    const uncut = await openMarketWorld({ dataDir: `${folder.path}/same-day`, series });
    const expected = await scanToEnd(uncut.engine);
    await uncut.engine.close();

    const jobId = await interrupt({ dataDir, series }, (engine) => startScan(engine), 5);
    const second = await openMarketWorld({ dataDir, series, now: () => WORLD_NOW + 5 * DAY_MS });
    second.source.listMarkets = () => assert.fail('the stocks were chosen before');
    assert.deepEqual(timeless(await resultOf(second.engine, jobId)), timeless(expected));
    await second.engine.close();
    assert.deepEqual(second.bugs, []);
  });

  it('keeps the results of stocks it can no longer read, and says that the portfolio is without them', async () => {
    const dataDir = `${folder.path}/lost`;
    const jobId = await interrupt({ dataDir }, (engine) => startScan(engine), 7);
    const second = await openMarketWorld({ dataDir });
    second.source.script = (rows, { request: { symbol } }) => (symbol === 'JNJ' ? [] : rows);
    const { successful, portfolio, caveats, stock_results } = await resultOf(second.engine, jobId);
    assert.deepEqual([successful, portfolio.start_equity], [12, 110_000]);
    assert.ok(stock_results.some(({ ticker }) => ticker === 'JNJ'));
    assert.match(
      caveats.at(-1) ?? '',
      /The job was interrupted, and JNJ, tested before, could not be read again/,
    );
    await second.engine.close();
  });

  it('fails when nothing can be read any more', async () => {
    const dataDir = `${folder.path}/all-lost`;
    const tickers = ['AAPL', 'MSFT', 'NVDA', 'JNJ', 'PFE', 'KO'];
    const jobId = await interrupt({ dataDir }, (engine) => startScan(engine, { tickers }), 5);
    const second = await openMarketWorld({ dataDir });
    second.source.script = () => [];
    const { code, error } = marketEndOf(await completeMarketLog(second.engine, jobId), 'failed');
    assert.deepEqual([code, error], ['no_data', 'no symbol could be read again after an interruption']);
    await second.engine.close();
    assert.deepEqual(second.bugs, []);
  });

  it('is given up after five attempts without any progress', async () => {
    const dataDir = `${folder.path}/crashes`;
    let jobId = '';
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const world = await openMarketWorld({ dataDir });
      const gate = holdBack(world, () => true);
      if (attempt === 1) jobId = await startScan(world.engine);
      await eventually(() => assert.ok(gate.arrived > 0));
      await world.engine.close();
    }
    const last = await openMarketWorld({ dataDir });
    const { code, error } = marketEndOf(await completeMarketLog(last.engine, jobId), 'failed');
    assert.equal(code, 'interrupted');
    assert.match(error, /given up after 5 attempts/);
    assert.equal(last.source.requests.length, 0);
    await last.engine.close();
  });

  it('as a sweep starts anew without telling anything twice', async () => {
    const dataDir = `${folder.path}/sweep`;
    const request = { tickers: [...STOCKS, 'NOWHERE'] };
    const { sweep, ...backtester } = sharedBacktester();
    const gate = new Gate();
    const held: Backtester = {
      ...backtester,
      sweep: async (batch, turn) => {
        if (batch.stocks.some(({ ticker }) => ticker === 'KO')) await gate.pass(turn.signal);
        return sweep(batch, turn);
      },
    };
    const first = await openMarketWorld({ dataDir, backtester: held });
    const jobId = await startSweep(first.engine, request);
    await eventually(async () => assert.equal((await first.engine.marketScans.job(jobId))?.current, 8));
    await first.engine.close();

    const second = await openMarketWorld({ dataDir });
    const log = await completeMarketLog(second.engine, jobId);
    const { type: _, ...result } = marketEndOf(log, 'sweepComplete');
    assert.deepEqual(
      marketEventsOf(log, 'error').map(({ ticker }) => ticker),
      ['NOWHERE'],
    );
    assert.equal(marketEventsOf(log, 'start').length, 1);
    const steps = marketEventsOf(log, 'progress').map(({ current }) => current);
    assert.deepEqual([steps[1], steps.at(-1)], [8, 13], steps.join(', '));
    assert.ok(second.source.requests.every(({ symbol }) => symbol !== 'NOWHERE'));
    assert.deepEqual(timeless(result), timeless(await sweepToEnd(second.engine, request)));
    await second.engine.close();
    assert.deepEqual([...first.bugs, ...second.bugs], []);
  });
});
