import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { backtestStrategy } from '@fast-scanner/server/analysis/backtest/backtest-strategy.ts';
import { defaultParameters } from '@fast-scanner/server/analysis/backtest/parse-parameters.ts';
import { findStrategy } from '@fast-scanner/server/analysis/backtest/strategy-registry.ts';
import { createEngine, type Engine } from '@fast-scanner/server/engine.ts';
import { sharedAnalyst } from '../../../support/shared-analyst.ts';
import { sharedBacktester } from '../../../support/shared-backtester.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testConfig } from '../../../support/test-config.ts';
import { scanToEnd } from './market-world.ts';

const filesDir = '../shared/data';
const STRATEGY = 'bollinger_bands_strategy';

describe('a market scan of the recorded S&P 500', () => {
  const folder = temporaryFolder();
  let engine: Engine;

  before(async function () {
    if (!existsSync(`${filesDir}/stocks`)) {
      console.log('skipped: no recorded data');
      this.skip();
    }
    const config = testConfig({
      dataDir: folder.path,
      filesDir,
      filesAsOf: Date.UTC(2018, 1, 8),
      defaultExchange: 'files',
    });
    const workers = { analyst: sharedAnalyst(), backtester: sharedBacktester() };
    engine = await createEngine(config, { ...workers, onBug: (error) => assert.fail(String(error)) });
    await engine.open();
  });
  after(() => engine?.close());

  it('tests all 505 stocks, leaves the 23 broken rows out, and sums up what each would have made alone', async () => {
    const { portfolio, benchmark, ...result } = await scanToEnd(engine, { strategy: STRATEGY });
    assert.deepEqual([result.total_stocks, result.successful, result.failed], [505, 505, 0]);
    const rejected = result.stock_results.reduce((sum, { rejected_rows }) => sum + rejected_rows, 0);
    assert.equal(rejected, 11 + 12, 'empty fields and high below low');
    const candles = result.stock_results.reduce((sum, stock) => sum + stock.candles, 0);
    assert.equal(candles, 619_040 - 23);
    assert.equal(benchmark.name, 'SPY, bought and held');

    const strategy = findStrategy(STRATEGY);
    const parameters = defaultParameters(strategy);
    const feed = await engine.feeds.get('files');
    const days = portfolio.curve.date.map((date) => Date.parse(date));
    const sums = days.map(() => 0);
    for (const { ticker: symbol, end_value } of result.stock_results) {
      const { candles } = await feed.history({ symbol, timeframe: '1d', from: 0, to: feed.now() });
      const { equity, finalEquity } = backtestStrategy(candles, { strategy, parameters });
      assert.equal(finalEquity, end_value);
      let next = 0;
      let worth = 10_000;
      days.forEach((day, index) => {
        if (candles.openTime[next] === day) {
          worth = equity[next] ?? Number.NaN;
          next += 1;
        }
        sums[index] = (sums[index] ?? 0) + worth;
      });
      assert.equal(next, candles.close.length, `${symbol}: every day is in the portfolio`);
    }
    assert.equal(days.length, 1_259);
    portfolio.curve.equity.forEach((worth, index) => {
      assert.ok(Math.abs(worth - (sums[index] ?? 0)) < 1e-6, `day ${index}: ${worth} and ${sums[index]}`);
    });
  });
});
