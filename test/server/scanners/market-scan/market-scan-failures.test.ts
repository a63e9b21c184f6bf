import assert from 'node:assert/strict';
import type { Backtester } from '@fast-scanner/server/scanners/market-scan/backtester.ts';
import { createWorkerBacktester } from '@fast-scanner/server/scanners/market-scan/worker-backtester.ts';
import { type CandleSeries, createSeries, ScannerError } from '@fast-scanner/shared';
import { MISDEEDS } from '../../../support/bad-strategy.ts';
import { completeMarketLog, marketEndOf, marketEventsOf } from '../../../support/market-scan-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import {
  openMarketWorld,
  STOCKS,
  scanToEnd,
  startScan,
  startSweep,
  stockSeries,
  sweepToEnd,
} from './market-world.ts';

const BAD_STRATEGY = new URL('../../../support/bad-strategy.ts', import.meta.url).pathname;

/** A stock that makes the bad strategy do this. */
function badStock(symbol: string, misdeed: keyof typeof MISDEEDS): CandleSeries {
  const series = stockSeries(symbol, 5);
  const volume = series.volume.map((value, index) => (index === 0 ? MISDEEDS[misdeed] : value));
  return createSeries(symbol, '1d', { ...series, volume });
}

describe('stocks that cannot be tested', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;

  before(async () => {
    world = await openMarketWorld({ dataDir: folder.path });
  });
  afterEach(() => {
    world.source.script = (rows) => rows;
    assert.deepEqual(world.bugs, []);
  });
  after(() => world.engine.close());

  it('fail with the reason of the source, each on its own', async () => {
    world.source.script = (rows, { request: { symbol } }) => {
      if (symbol === 'AAPL') throw new ScannerError('exchange_timeout', 'no answer');
      if (symbol === 'MSFT') return [];
      if (symbol === 'JNJ') return rows.slice(-5);
      if (symbol === 'PFE')
        return rows.map((row, index) => (index % 20 === 0 ? [row[0], 0, 0, 0, 0, 0] : row));
      return rows;
    };
    const { failures, successful, stock_results } = await scanToEnd(world.engine);
    assert.deepEqual(
      failures.map(({ ticker, code }) => [ticker, code]),
      [
        ['AAPL', 'exchange_timeout'],
        ['MSFT', 'no_data'],
        ['JNJ', 'insufficient_data'],
        ['PFE', 'bad_data'],
      ],
    );
    assert.match(failures[2]?.error ?? '', /5 candles are too few for a warm-up of 8/);
    assert.equal(successful, 8);
    assert.deepEqual(
      stock_results.map(({ ticker }) => ticker).sort(),
      STOCKS.filter((ticker) => failures.every((failure) => failure.ticker !== ticker)).sort(),
    );
  });

  it('are counted with the broken rows that were left out', async () => {
    world.source.script = (rows, { request: { symbol } }) =>
      symbol === 'XOM' ? rows.map((row, index) => (index === 7 ? [row[0], 5, 4, 6, 5, 1] : row)) : rows;
    const { stock_results } = await scanToEnd(world.engine);
    const rejected = stock_results.filter(({ rejected_rows }) => rejected_rows > 0);
    assert.deepEqual(
      rejected.map(({ ticker, rejected_rows, candles }) => [ticker, rejected_rows, candles]),
      [['XOM', 1, 299]],
    );
  });

  it('fail their job when there is no other, with the most frequent reason and an error event for each', async () => {
    for (const start of [startScan, startSweep]) {
      const log = await completeMarketLog(
        world.engine,
        await start(world.engine, { tickers: ['NOPE', 'NADA', 'AAPL'], start_date: '2026-01-02' }),
      );
      const { code, error } = marketEndOf(log, 'failed');
      assert.equal(code, 'symbol_unknown');
      assert.match(error, /none of the 3 symbols could be tested: (NOPE|NADA) is not recorded/);
      assert.deepEqual(
        marketEventsOf(log, 'error')
          .map(({ ticker, code }) => [ticker, code])
          .sort(),
        [
          ['AAPL', 'insufficient_data'],
          ['NADA', 'symbol_unknown'],
          ['NOPE', 'symbol_unknown'],
        ],
      );
    }
  });

  it('fail their job at once when the exchange refuses all of us', async () => {
    world.source.script = () => {
      throw new ScannerError('exchange_denied', 'not from here');
    };
    const jobId = await startScan(world.engine);
    const { code } = marketEndOf(await completeMarketLog(world.engine, jobId), 'failed');
    assert.equal(code, 'exchange_denied');
    const job = await world.engine.marketScans.job(jobId);
    assert.deepEqual([job?.status, job?.error?.code], ['failed', 'exchange_denied']);
    await assert.rejects(world.engine.marketScans.result(jobId), (error) => {
      assert.ok(error instanceof ScannerError);
      assert.equal(error.code, 'conflict');
      assert.match(error.message, /has no results: it was failed/);
      return true;
    });
  });

  it('fail a sweep as little as a scan, in every variant', async () => {
    const { failures, successful, failed, variants } = await sweepToEnd(world.engine, {
      tickers: ['AAPL', 'NOPE', 'PG'],
    });
    assert.deepEqual(
      [failures.map(({ ticker, code }) => [ticker, code]), successful, failed],
      [[['NOPE', 'symbol_unknown']], 2, 1],
    );
    for (const { in_sample } of variants) assert.equal(in_sample.start_equity, 20_000);
  });

  it('by a bug of the source fail as internal, and the bug is told', async () => {
    world.source.script = (rows, { request: { symbol } }) => {
      if (symbol === 'GE') throw new TypeError('a bug');
      return rows;
    };
    const { failures } = await scanToEnd(world.engine);
    assert.deepEqual(
      failures.map(({ ticker, code }) => [ticker, code]),
      [['GE', 'internal']],
    );
    assert.match(String(world.bugs.splice(0)), /a bug/);
  });
});

describe("an operator's own strategy", () => {
  const folder = temporaryFolder();
  const stocks = ['AAPL', 'MSFT'].map((symbol, seed) => stockSeries(symbol, seed));
  const series = [...stocks, badStock('THROW', 'throw'), badStock('EXIT', 'exit'), badStock('LOOP', 'loop')];
  let backtester: Backtester;
  let world: ScannerWorld;

  before(async () => {
    const strategyFiles = [BAD_STRATEGY];
    backtester = createWorkerBacktester({ threads: 1, timeoutMs: 1_500, strategyFiles });
    world = await openMarketWorld({ dataDir: folder.path, series, backtester, strategyFiles });
  });
  after(async () => {
    await world.engine.close();
    await backtester.close();
    assert.deepEqual(world.bugs, []);
  });

  it('is listed and tested as any other', async () => {
    const { strategies } = world.engine.marketScans.strategies();
    assert.equal(strategies.find(({ id }) => id === 'bad_strategy')?.title, 'Bad strategy');
    const { portfolio } = await scanToEnd(world.engine, {
      strategy: 'bad_strategy',
      tickers: ['AAPL', 'MSFT'],
    });
    assert.equal(portfolio.total_trades, 2);
  });

  it('that throws, ends its thread or never comes to an end fails the stock and harms no other', async () => {
    const { failures, stock_results } = await scanToEnd(world.engine, { strategy: 'bad_strategy' });
    assert.deepEqual(
      failures.map(({ ticker, code }) => [ticker, code]),
      [
        ['THROW', 'worker_crashed'],
        ['EXIT', 'worker_crashed'],
        ['LOOP', 'worker_crashed'],
      ],
    );
    assert.match(failures[0]?.error ?? '', /the strategy threw: divided by nothing/);
    assert.match(failures[2]?.error ?? '', /the backtest was not finished within 1.5 s/);
    assert.deepEqual(stock_results.map(({ ticker, total_trades }) => [ticker, total_trades]).sort(), [
      ['AAPL', 1],
      ['MSFT', 1],
    ]);
  });

  it('does the same to a sweep', async () => {
    const tickers = ['AAPL', 'EXIT', 'MSFT'];
    const { failures, variants } = await sweepToEnd(world.engine, {
      strategy: 'bad_strategy',
      parameters: { at: [0, 5] },
      tickers,
    });
    assert.deepEqual(
      failures.map(({ ticker, code }) => [ticker, code]),
      [['EXIT', 'worker_crashed']],
    );
    assert.deepEqual(
      variants.map(({ in_sample }) => [in_sample.start_equity, in_sample.total_trades]),
      [
        [20_000, 2],
        [20_000, 2],
      ],
    );
  });
});
