import assert from 'node:assert/strict';
import { SP500 } from '@fast-scanner/server/market-data/universes/sp500.ts';
import {
  type MarketScanInput,
  marketScanRequestSchema,
  ScannerError,
  type SweepInput,
  strategiesResponseSchema,
} from '@fast-scanner/shared';
import { completeMarketLog, marketEndOf, marketEventsOf } from '../../../support/market-scan-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openMarketWorld, STOCKS, scanToEnd, startScan, startSweep } from './market-world.ts';

describe('what a market scan is asked', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;

  before(async () => {
    world = await openMarketWorld({ dataDir: folder.path });
  });
  after(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  /** The request is refused, names the field, and leaves no job. */
  async function assertRefused(start: Promise<string>, pointer: string, message: RegExp): Promise<void> {
    await assert.rejects(start, (error) => {
      assert.ok(error instanceof ScannerError);
      assert.equal(error.code, 'invalid_input');
      assert.deepEqual(
        error.errors?.map((one) => one.pointer),
        [pointer],
      );
      assert.match(error.message, message);
      return true;
    });
    assert.deepEqual((await world.engine.marketScans.jobs({ limit: 10 })).jobs, []);
  }

  const refuseScan = (request: Partial<MarketScanInput>, pointer: string, message: RegExp) =>
    assertRefused(startScan(world.engine, { strategy: 'sma_cross', ...request }), pointer, message);
  const refuseSweep = (request: Partial<SweepInput>, pointer: string, message: RegExp) =>
    assertRefused(startSweep(world.engine, request), pointer, message);

  it('is refused with the field that is wrong', async () => {
    await refuseScan(
      { parameters: { quick: 3 } },
      '/parameters/quick',
      /unknown parameter; there are: fast, slow/,
    );
    await refuseScan({ parameters: { fast: 0 } }, '/parameters/fast', /must be at least 1, got 0/);
    await refuseScan({ parameters: { fast: 2.5 } }, '/parameters/fast', /must be a whole number, got 2.5/);
    await refuseScan({ parameters: { fast: 30, slow: 10 } }, '/parameters/fast', /must be below slow/);
  });

  it('is refused when it says two things at once', async () => {
    const both: Partial<MarketScanInput> = { tickers: ['AAPL'], universe: 'sp500' };
    await refuseScan(both, '/universe', /either a universe or tickers, not both/);
    await refuseScan({ tickers: ['AAPL', 'BTC/USDT'] }, '/tickers', /stocks and coins/);
    await refuseSweep({ tickers: ['BTC/USDT', 'AAPL'] }, '/tickers', /stocks and coins/);
  });

  it('is refused for a sweep of too many variants or with a variant that cannot be', async () => {
    const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
    const many = { fast: range(1, 15), slow: range(50, 14) };
    await refuseSweep({ parameters: many }, '/parameters', /these values make 210 variants; at most 200/);
    await refuseSweep(
      { parameters: { fast: [3, 9], slow: [8] } },
      '/parameters/fast',
      /below slow \(8\), got 9/,
    );
    await refuseSweep({ parameters: { speed: [1] } }, '/parameters/speed', /unknown parameter/);
  });

  it('is refused for a strategy or an exchange there is not', async () => {
    await assert.rejects(startScan(world.engine, { strategy: 'crystal_ball' }), (error) => {
      assert.ok(error instanceof ScannerError);
      assert.equal(error.code, 'not_found');
      assert.match(
        error.message,
        /no strategy "crystal_ball"; there are: .*bollinger_bands_strategy.*sma_cross/,
      );
      return true;
    });
    await assert.rejects(startScan(world.engine, { exchange: 'nowhere' }), { code: 'exchange_unknown' });
  });

  it('is refused by the contract when it ends before it starts', () => {
    const parse = (start_date: string, end_date: string) =>
      marketScanRequestSchema.safeParse({ strategy: 'sma_cross', start_date, end_date });
    const [issue] = parse('2024-02-02', '2024-02-01').error?.issues ?? [];
    assert.deepEqual([issue?.path, issue?.message], [['end_date'], 'must not be before start_date']);
    assert.equal(parse('2024-02-02', '2024-02-02').success, true);
  });

  it('may be the list of the S&P 500: what the source does not have fails, and the caveat says of which day the list is', async () => {
    const jobId = await startScan(world.engine, { universe: 'sp500' });
    const log = await completeMarketLog(world.engine, jobId);
    const { universe, caveats, total_stocks, successful, failed } = marketEndOf(log, 'complete');
    assert.deepEqual(universe, { name: 'S&P 500', as_of: SP500.asOf });
    assert.deepEqual(
      [total_stocks, successful, failed],
      [SP500.members.length, 12, SP500.members.length - 12],
    );
    assert.equal(marketEventsOf(log, 'error').length, failed);
    assert.match(caveats.join('\n'), new RegExp(`Survivorship bias: .*on ${SP500.asOf}`));
    assert.equal(marketEventsOf(log, 'progress').length, Math.ceil(total_stocks / 5));
  });

  it('names nothing: then it is every stock of the source, and the caveat says what those are', async () => {
    const { stock_results, caveats, universe } = await scanToEnd(world.engine);
    assert.deepEqual(stock_results.map(({ ticker }) => ticker).sort(), STOCKS.toSorted());
    assert.equal(universe.as_of, null);
    assert.match(caveats.join('\n'), /Survivorship bias: only stocks that recorded lists today/);
  });

  it('names a stock twice: then it is tested once', async () => {
    const jobId = await startScan(world.engine, { tickers: ['KO', 'GE', 'KO'] });
    const log = await completeMarketLog(world.engine, jobId);
    const { total_stocks, stock_results } = marketEndOf(log, 'complete');
    const [start] = marketEventsOf(log, 'start');
    assert.deepEqual([start?.total, total_stocks, stock_results.length], [2, 2, 2]);
  });

  it('leaves parameters out: then they have their defaults', async () => {
    const { parameters } = await scanToEnd(world.engine, { strategy: 'sma_cross', tickers: ['GE'] });
    assert.deepEqual(parameters, { fast: 10, slow: 30 });
  });

  it('can be any of the listed strategies, which differ in what they make', async () => {
    const { strategies } = strategiesResponseSchema.parse(world.engine.marketScans.strategies());
    assert.ok(strategies.length >= 8);
    const pnls = new Set<number>();
    for (const { id, parameters } of strategies) {
      const { total_pnl, parameters: used } = await scanToEnd(world.engine, {
        strategy: id,
        tickers: ['AAPL', 'PG'],
      });
      assert.deepEqual(used, Object.fromEntries(parameters.map(({ name, default: value }) => [name, value])));
      pnls.add(total_pnl);
    }
    assert.equal(pnls.size, strategies.length);
  });
});
