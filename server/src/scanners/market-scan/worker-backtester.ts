import { ScannerError } from '@fast-scanner/shared';
import { WorkerPool, workerEntry } from '../common/worker-pool.ts';
import type { BacktestBatch, Backtester, StockBacktest, SweepAnswer } from './backtester.ts';

export interface WorkerBacktesterOptions {
  readonly threads: number;
  /** A batch that takes longer is stopped with its thread. Default 60,000. */
  readonly timeoutMs?: number;
  /** Files of the operator's own strategies. */
  readonly strategyFiles?: readonly string[];
}

/** A backtester on a pool of worker threads. */
export function createWorkerBacktester(options: WorkerBacktesterOptions): Backtester {
  const { threads, timeoutMs = 60_000, strategyFiles = [] } = options;
  const pool = new WorkerPool({
    entry: workerEntry('backtest-worker', import.meta.url),
    threads,
    timeoutMs,
    noun: 'the backtest',
    workerData: { strategyFiles },
    needsTypeScript: strategyFiles.some((file) => /\.[cm]?ts$/.test(file)),
  });
  const test = (batch: BacktestBatch, signal: AbortSignal) =>
    pool.run<readonly StockBacktest[]>('test', batch, signal);
  return {
    test: (batch, signal) => test(batch, signal).catch((error) => testSingly(test, { batch, signal, error })),
    sweep: (batch, signal) => pool.run<SweepAnswer>('sweep', batch, signal),
    close: () => pool.close(),
  };
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
): Promise<StockBacktest[]> {
  const isCrash = error instanceof ScannerError && error.code === 'worker_crashed';
  if (!isCrash || signal.aborted) throw error;
  const answers: StockBacktest[] = [];
  for (const stock of batch.stocks) {
    try {
      answers.push(...(await test({ ...batch, stocks: [stock] }, signal)));
    } catch (crash) {
      signal.throwIfAborted();
      if (!(crash instanceof ScannerError)) throw crash;
      answers.push({ ok: false, ticker: stock.ticker, code: crash.code, detail: crash.message });
    }
  }
  return answers;
}
