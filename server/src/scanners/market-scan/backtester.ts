import type { CandleColumns, ErrorCode, Timeframe } from '@fast-scanner/shared';
import type { BacktestOptions } from '../../analysis/backtest/backtest-options.ts';
import type { Statistics } from '../../analysis/backtest/statistics.ts';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import type { ParameterValues } from '../../analysis/backtest/strategy.ts';

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
  /** As the variants of the batch. Stocks that failed are in none of them. */
  readonly variants: readonly VariantCurves[];
  readonly failures: readonly FailedTest[];
}

/** Does the computing somewhere else than on the event loop. */
export interface Backtester {
  /** @throws ScannerError `worker_crashed` when a thread threw, ran out of memory or took too long */
  test(batch: BacktestBatch, signal: AbortSignal): Promise<BatchAnswer>;
  /** @throws ScannerError `worker_crashed` */
  sweep(batch: SweepBatch, signal: AbortSignal): Promise<SweepAnswer>;
  close(): Promise<void>;
}
