import type { CandleColumns, ErrorCode, Timeframe } from '@fast-scanner/shared';
import type { BacktestOptions } from '../../analysis/backtest/backtest-options.ts';
import type { Statistics } from '../../analysis/backtest/statistics.ts';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import type { ParameterValues } from '../../analysis/backtest/strategy.ts';
import type { TaskOptions } from '../../jobs/work-queue.ts';

/** One stock's past, in memory that threads share. */
export interface StockHistory {
  readonly ticker: string;
  readonly candles: CandleColumns;
}

/** How every stock of a job is tested. */
export interface TestPlan {
  readonly strategy: string;
  readonly interval: Timeframe;
  readonly market: 'stocks' | 'crypto';
  readonly options: Pick<
    BacktestOptions,
    'cash' | 'commissionRate' | 'slippageRate' | 'direction' | 'units' | 'lastTrade'
  >;
}

export interface BacktestBatch extends TestPlan {
  readonly stocks: readonly StockHistory[];
  readonly parameters: ParameterValues;
}

/** One stock's backtest, or why there is none. */
export type StockBacktest =
  | {
      readonly ok: true;
      readonly ticker: string;
      readonly statistics: Statistics;
    }
  | FailedTest;

export interface FailedTest {
  readonly ok: false;
  readonly ticker: string;
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface BatchAnswer {
  /** In the order of the batch. */
  readonly stocks: readonly StockBacktest[];
  /** Those that were tested, as one account. */
  readonly curve: StockCurve;
  /** How long a thread computed. */
  readonly computeMs: number;
}

export interface SweepBatch extends TestPlan {
  readonly stocks: readonly StockHistory[];
  readonly variants: readonly ParameterValues[];
  /** Candles that open from here on are out of sample, epoch ms UTC. */
  readonly splitAt: number;
}

/** All stocks of a batch as one account, for one variant. */
export interface VariantCurves {
  readonly inSample: StockCurve;
  readonly outOfSample: StockCurve;
}

export interface SweepAnswer {
  /** As the variants of the batch. Stocks that failed are in none of them; none when all failed. */
  readonly variants: readonly VariantCurves[];
  readonly failures: readonly FailedTest[];
  /** How long a thread computed. */
  readonly computeMs: number;
}

/**
 * Does the computing somewhere else than on the event loop, as many batches at once as it has threads: the others wait their turn.
 * A stock at which a thread throws, runs out of memory or takes too long fails with `worker_crashed` and harms no other.
 */
export interface Backtester {
  /** @throws ScannerError the signal's reason */
  test(batch: BacktestBatch, turn: Required<TaskOptions>): Promise<BatchAnswer>;
  /** @throws ScannerError the signal's reason */
  sweep(batch: SweepBatch, turn: Required<TaskOptions>): Promise<SweepAnswer>;
  close(): Promise<void>;
}
