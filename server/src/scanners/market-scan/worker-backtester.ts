import { ScannerError } from '@fast-scanner/shared';
import { joinCurves } from '../../analysis/backtest/join-curves.ts';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import { WorkerPool, workerEntry } from '../common/worker-pool.ts';
import type { BacktestBatch, Backtester, BatchAnswer, StockBacktest } from './backtester.ts';

export interface WorkerBacktesterOptions {
  readonly threads: number;
  /** A batch that takes longer is stopped with its thread. Default 60,000. */
  readonly timeoutMs?: number;
  /** Files of the operator's own strategies. */
  readonly strategyFiles?: readonly string[];
}

/** A backtester on a pool of worker threads, which are started when the first batch comes. */
export function createWorkerBacktester(options: WorkerBacktesterOptions): Backtester {
  let pool: WorkerPool | null = null;
  const open = () => {
    pool ??= createPool(options);
    return pool;
  };
  const test: Backtester['test'] = (batch, signal) => open().run('test', batch, signal);
  return {
    test: (batch, signal) => test(batch, signal).catch((error) => testSingly(test, { batch, signal, error })),
    sweep: (batch, signal) => open().run('sweep', batch, signal),
    close: async () => pool?.close(),
  };
}

function createPool({
  threads,
  timeoutMs = 60_000,
  strategyFiles = [],
}: WorkerBacktesterOptions): WorkerPool {
  return new WorkerPool({
    entry: workerEntry('backtest-worker', import.meta.url),
    threads,
    timeoutMs,
    noun: 'the backtest',
    workerData: { strategyFiles },
    needsTypeScript: strategyFiles.some((file) => /\.[cm]?ts$/.test(file)),
  });
}

interface CrashedBatch {
  readonly batch: BacktestBatch;
  readonly signal: AbortSignal;
  readonly error: unknown;
}

/** A stock that brings its thread down must not take the others of its batch with it. */
async function testSingly(
  test: Backtester['test'],
  { batch, signal, error }: CrashedBatch,
): Promise<BatchAnswer> {
  const isCrash = error instanceof ScannerError && error.code === 'worker_crashed';
  if (!isCrash || signal.aborted) throw error;
  const stocks: StockBacktest[] = [];
  const curves: StockCurve[] = [];
  for (const stock of batch.stocks) {
    try {
      const answer = await test({ ...batch, stocks: [stock] }, signal);
      stocks.push(...answer.stocks);
      curves.push(answer.curve);
    } catch (crash) {
      signal.throwIfAborted();
      if (!(crash instanceof ScannerError)) throw crash;
      stocks.push({ ok: false, ticker: stock.ticker, code: crash.code, detail: crash.message });
    }
  }
  return { stocks, curve: joinCurves(curves) };
}
