import { ScannerError, sliceColumns } from '@fast-scanner/shared';
import type { BacktestOptions } from '../../analysis/backtest/backtest-options.ts';
import { computeBacktestStatistics } from '../../analysis/backtest/backtest-statistics.ts';
import { backtestStrategy, type StrategyChoice } from '../../analysis/backtest/backtest-strategy.ts';
import { joinCurves } from '../../analysis/backtest/join-curves.ts';
import { periodsPerYear } from '../../analysis/backtest/periods-per-year.ts';
import { type StockCurve, toStockCurve } from '../../analysis/backtest/stock-curve.ts';
import { answerWith, type WorkerAnswer } from '../common/worker-answer.ts';
import { workerData } from '../common/worker-data.ts';
import type {
  BacktestBatch,
  BatchAnswer,
  FailedTest,
  StockHistory,
  SweepAnswer,
  SweepBatch,
} from './backtester.ts';
import { loadStrategies, StrategyBook } from './strategy-book.ts';

const { strategyFiles } = workerData as { readonly strategyFiles: readonly string[] }; // given by the backtester
const book = new StrategyBook(await loadStrategies(strategyFiles));

/** Entry of the worker threads: each stock on its own, so that one that fails harms no other. */
export function test(batch: BacktestBatch): WorkerAnswer<BatchAnswer> {
  return answerWith(() => {
    const startedAt = performance.now();
    const choice = { strategy: book.find(batch.strategy), parameters: batch.parameters };
    const curves: StockCurve[] = [];
    const stocks = batch.stocks.map((stock) => {
      try {
        const { statistics, curve } = testStock(stock, batch, choice);
        curves.push(curve);
        return { ok: true as const, ticker: stock.ticker, statistics };
      } catch (error) {
        return toFailure(stock.ticker, error);
      }
    });
    return { stocks, curve: joinCurves(curves), computeMs: performance.now() - startedAt };
  });
}

/** @throws ScannerError `insufficient_data`; what the strategy throws */
function testStock({ candles }: StockHistory, plan: BacktestBatch, choice: StrategyChoice) {
  const lookback = choice.strategy.lookback(choice.parameters);
  requireCandles(candles.close.length, lookback);
  const result = backtestStrategy(candles, choice, plan.options);
  const year = { periodsPerYear: periodsPerYear(plan.market, plan.interval) };
  const statistics = computeBacktestStatistics(candles, result, { lookback, ...year });
  return { statistics, curve: toStockCurve(candles, result, lookback) };
}

/** Entry of the worker threads for sweeps: every variant over every stock, in the time before the split and after it. */
export function sweep(batch: SweepBatch): WorkerAnswer<SweepAnswer> {
  return answerWith(() => {
    const startedAt = performance.now();
    const strategy = book.find(batch.strategy);
    const failures: FailedTest[] = [];
    const curves = batch.variants.map(() => ({
      inSample: [] as StockCurve[],
      outOfSample: [] as StockCurve[],
    }));
    for (const stock of batch.stocks) {
      try {
        const pairs = batch.variants.map((parameters) => sweepStock(stock, batch, { strategy, parameters }));
        for (const [variant, pair] of pairs.entries()) {
          curves[variant]?.inSample.push(pair.inSample);
          curves[variant]?.outOfSample.push(pair.outOfSample);
        }
      } catch (error) {
        failures.push(toFailure(stock.ticker, error));
      }
    }
    const variants = curves.map(({ inSample, outOfSample }) => ({
      inSample: joinCurves(inSample),
      outOfSample: joinCurves(outOfSample),
    }));
    return { variants, failures, computeMs: performance.now() - startedAt };
  });
}

function sweepStock({ candles }: StockHistory, batch: SweepBatch, choice: StrategyChoice) {
  const lookback = choice.strategy.lookback(choice.parameters);
  const split = candles.openTime.findIndex((time) => time >= batch.splitAt);
  if (split < 0) throw tooShort('no candle after the split');
  requireCandles(split, lookback);
  const warmupFrom = Math.max(0, split - lookback);
  const curveOf = (from: number, to: number, first: number) => {
    const part = sliceColumns(candles, from, to);
    const options: Partial<BacktestOptions> = { ...batch.options, tradeFrom: first };
    return toStockCurve(part, backtestStrategy(part, choice, options), lookback);
  };
  return {
    inSample: curveOf(0, split, 0),
    outOfSample: curveOf(warmupFrom, candles.close.length, split - warmupFrom),
  };
}

/** @throws ScannerError `insufficient_data` when the strategy never gets to speak */
function requireCandles(count: number, lookback: number): void {
  if (count > lookback) return;
  throw tooShort(`${count} candles are too few for a warm-up of ${lookback}`);
}

function tooShort(detail: string): ScannerError {
  return new ScannerError('insufficient_data', detail);
}

/** A strategy that throws fails its stock, whatever it throws. */
function toFailure(ticker: string, error: unknown): FailedTest {
  if (error instanceof ScannerError) return { ok: false, ticker, code: error.code, detail: error.message };
  const why = error instanceof Error ? error.message : String(error);
  return { ok: false, ticker, code: 'worker_crashed', detail: `the strategy threw: ${why}` };
}
