import { ScannerError } from '@fast-scanner/shared';
import { joinCurves } from '../../analysis/backtest/join-curves.ts';
import { createLimitedQueue } from '../../jobs/limited-queue.ts';
import { WorkerPool, workerEntry } from '../common/worker-pool.ts';
import type { Backtester, BatchAnswer, FailedTest, StockHistory, SweepAnswer } from './backtester.ts';
import { joinSweeps, joinTests } from './join-answers.ts';

export interface WorkerBacktesterOptions {
  readonly threads: number;
  /** A batch that takes longer, from the moment a thread has it, is stopped with its thread. Default 60,000. */
  readonly timeoutMs?: number;
  /** Files of the operator's own strategies. */
  readonly strategyFiles?: readonly string[];
  /** Module of the threads. Default: the product's own. */
  readonly entry?: URL;
}

/** A backtester on a pool of worker threads, which are started when the first batch comes. */
export function createWorkerBacktester(options: WorkerBacktesterOptions): Backtester {
  // Batches wait here and not in the pool: there their time would run, and a job of many would keep the others out.
  const queue = createLimitedQueue({ concurrency: options.threads });
  let pool: WorkerPool | null = null;
  const ask = <Answer>(name: 'test' | 'sweep', batch: object, signal: AbortSignal) => {
    pool ??= createPool(options);
    return pool.run<Answer>(name, batch, signal);
  };
  return {
    test: (batch, turn) =>
      queue.run(
        () =>
          askSafely<BatchAnswer>(batch.stocks, {
            ask: (stocks) => ask('test', { ...batch, stocks }, turn.signal),
            toAnswer: (failure) => ({ stocks: [failure], curve: joinCurves([]), computeMs: 0 }),
            join: joinTests,
          }),
        turn,
      ),
    sweep: (batch, turn) =>
      queue.run(
        () =>
          askSafely<SweepAnswer>(batch.stocks, {
            ask: (stocks) => ask('sweep', { ...batch, stocks }, turn.signal),
            toAnswer: (failure) => ({ variants: [], failures: [failure], computeMs: 0 }),
            join: joinSweeps,
          }),
        turn,
      ),
    close: async () => {
      await Promise.all([queue.close(), pool?.close()]);
    },
  };
}

function createPool({
  threads,
  timeoutMs = 60_000,
  strategyFiles = [],
  entry = workerEntry('backtest-worker', import.meta.url),
}: WorkerBacktesterOptions): WorkerPool {
  return new WorkerPool({
    entry,
    threads,
    timeoutMs,
    noun: 'the backtest',
    newObjectsMb: 8, // or a sweep leaves 60 MB of curves behind
    workerData: { strategyFiles },
    needsTypeScript: strategyFiles.some((file) => /\.[cm]?ts$/.test(file)),
  });
}

interface Attempt<Answer> {
  readonly ask: (stocks: readonly StockHistory[]) => Promise<Answer>;
  /** The answer about a single stock, at which a thread crashed. */
  readonly toAnswer: (failure: FailedTest) => Answer;
  readonly join: (answers: readonly Answer[]) => Answer;
}

/** A stock that brings its thread down must not take the others of its batch with it: after a crash each is asked about alone. */
async function askSafely<Answer>(stocks: readonly StockHistory[], attempt: Attempt<Answer>): Promise<Answer> {
  try {
    return await attempt.ask(stocks);
  } catch (error) {
    if (!(error instanceof ScannerError && error.code === 'worker_crashed')) throw error;
    const [first, ...others] = stocks;
    if (!first) throw error;
    if (others.length === 0) {
      return attempt.toAnswer({ ok: false, ticker: first.ticker, code: error.code, detail: error.message });
    }
    const answers: Answer[] = [];
    for (const stock of stocks) answers.push(await askSafely([stock], attempt));
    return attempt.join(answers);
  }
}
