import assert from 'node:assert/strict';
import { ScannerError } from '@fast-scanner/shared';
import { completeMarketLog, marketEndOf, marketEventsOf } from '../../../support/market-scan-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openMarketWorld, STOCKS, scanToEnd, startScan, startSweep, sweepToEnd } from './market-world.ts';

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

  it('are not even looked up because of a bug: then the job fails as internal, and the bug is told', async () => {
    const { listMarkets } = world.source;
    world.source.listMarkets = () => Promise.reject(new TypeError('no list'));
    const jobId = await startScan(world.engine);
    const { code, error } = marketEndOf(await completeMarketLog(world.engine, jobId), 'failed');
    world.source.listMarkets = listMarkets;
    assert.deepEqual([code, error], ['internal', 'an unexpected error; the log has the details']);
    assert.match(String(world.bugs.splice(0)), /no list/);
  });
});
