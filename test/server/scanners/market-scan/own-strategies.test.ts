import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { BACKTEST_DEFAULTS } from '@fast-scanner/server/analysis/backtest/backtest-options.ts';
import type { Backtester } from '@fast-scanner/server/scanners/market-scan/backtester.ts';
import { loadStrategies } from '@fast-scanner/server/scanners/market-scan/strategy-book.ts';
import { createWorkerBacktester } from '@fast-scanner/server/scanners/market-scan/worker-backtester.ts';
import { type CandleSeries, createSeries } from '@fast-scanner/shared';
import { bundledBacktestWorker } from '../../../support/bundled-worker.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openMarketWorld, scanToEnd, stockSeries, sweepToEnd } from './market-world.ts';

const BAD_STRATEGY = fileURLToPath(new URL('../../../support/bad-strategy.mjs', import.meta.url));

/** First volumes at which the bad strategy misbehaves. */
const MISDEEDS = { throw: 1_001, exit: 1_002, loop: 1_003 } as const;

/** A stock that makes the bad strategy do this. */
function badStock(symbol: string, misdeed: keyof typeof MISDEEDS): CandleSeries {
  const series = stockSeries(symbol, 5);
  const volume = series.volume.map((value, index) => (index === 0 ? MISDEEDS[misdeed] : value));
  return createSeries(symbol, '1d', { ...series, volume });
}

describe("an operator's own strategy", () => {
  const folder = temporaryFolder();
  const worker = bundledBacktestWorker();
  const good = ['AAPL', 'MSFT', 'PG'].map((symbol, seed) => stockSeries(symbol, seed));
  const bad = [badStock('THROW', 'throw'), badStock('EXIT', 'exit'), badStock('LOOP', 'loop')];
  let backtester: Backtester;
  let world: ScannerWorld;

  before(async () => {
    const strategyFiles = [BAD_STRATEGY];
    const entry = worker.url;
    backtester = createWorkerBacktester({ threads: 1, timeoutMs: 1_000, strategyFiles, entry });
    world = await openMarketWorld({
      dataDir: folder.path,
      series: [...good, ...bad],
      backtester,
      strategyFiles,
    });
  });
  after(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  const scan = (tickers: string[]) => scanToEnd(world.engine, { strategy: 'bad_strategy', tickers });

  it('is listed and tested as any other', async () => {
    const { strategies } = world.engine.marketScans.strategies();
    assert.equal(strategies.find(({ id }) => id === 'bad_strategy')?.title, 'Bad strategy');
    const { portfolio } = await scan(['AAPL', 'MSFT']);
    assert.equal(portfolio.total_trades, 2);
  });

  it('that throws or ends its thread fails the stock and harms no other of the group', async () => {
    const { failures, stock_results } = await scan(['AAPL', 'THROW', 'MSFT', 'EXIT', 'PG']);
    assert.deepEqual(
      failures.map(({ ticker, code }) => [ticker, code]),
      [
        ['THROW', 'worker_crashed'],
        ['EXIT', 'worker_crashed'],
      ],
    );
    assert.match(failures[0]?.error ?? '', /the strategy threw: divided by nothing/);
    assert.match(failures[1]?.error ?? '', /the backtest thread failed: worker exited with code: 3/);
    assert.deepEqual(
      stock_results.map(({ ticker, total_trades }) => [ticker, total_trades]).sort(),
      ['AAPL', 'MSFT', 'PG'].map((ticker) => [ticker, 1]),
    );
  });

  it('that never comes to an end is stopped, and a stock that waits for the thread meanwhile does not pay for it', async () => {
    const unknown = ['NO1', 'NO2', 'NO3', 'NO4']; // fill the group, so that the other stock is in the next one
    const { failures, stock_results } = await scan(['LOOP', ...unknown, 'AAPL']);
    assert.deepEqual(failures[0], {
      ticker: 'LOOP',
      code: 'worker_crashed',
      error: 'the backtest was not finished within 1 s',
    });
    assert.equal(failures.length, 5);
    assert.deepEqual(
      stock_results.map(({ ticker }) => ticker),
      ['AAPL'],
    );
  });

  it('is tested for several jobs in turns, so that a long one does not keep the others out', async () => {
    const order: string[] = [];
    const options = { ...BACKTEST_DEFAULTS, cash: 1_000 };
    const batch = {
      strategy: 'bad_strategy',
      interval: '1d',
      market: 'stocks',
      options,
      parameters: { at: 0 },
    } as const;
    const { signal } = new AbortController();
    const test = async (owner: string) => {
      await backtester.test({ ...batch, stocks: [] }, { owner, priority: 'background', signal });
      order.push(owner);
    };
    await Promise.all(['long', 'long', 'long', 'long', 'short'].map(test));
    assert.deepEqual(order, ['long', 'short', 'long', 'long', 'long']);
  });

  it('does no more harm to a sweep', async () => {
    const parameters = { at: [0, 5] };
    const tickers = ['AAPL', 'EXIT', 'THROW', 'MSFT'];
    const { failures, variants } = await sweepToEnd(world.engine, {
      strategy: 'bad_strategy',
      parameters,
      tickers,
    });
    assert.deepEqual(
      failures.map(({ ticker, code }) => [ticker, code]),
      [
        ['EXIT', 'worker_crashed'],
        ['THROW', 'worker_crashed'],
      ],
    );
    const told = variants.map(({ in_sample, out_of_sample }) => [
      in_sample.start_equity,
      in_sample.total_trades,
      out_of_sample.start_equity,
    ]);
    assert.deepEqual(told, [
      [20_000, 2, 20_000],
      [20_000, 2, 20_000],
    ]);
  });

  it('is refused when its file cannot be loaded or holds none', async () => {
    await assert.rejects(loadStrategies([`${folder.path}/nowhere.mjs`]), {
      code: 'invalid_input',
      message: /nowhere\.mjs cannot be loaded/,
    });
    const log = fileURLToPath(new URL('../../../support/gate.ts', import.meta.url));
    await assert.rejects(loadStrategies([log]), { code: 'invalid_input', message: /exports no "strategy"/ });
  });
});
