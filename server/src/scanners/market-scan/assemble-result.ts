import {
  type CurveStatistics,
  type MarketScanResult,
  type StockResult,
  toIsoTime,
} from '@fast-scanner/shared';
import { computePortfolio, type Portfolio } from '../../analysis/backtest/compute-portfolio.ts';
import { computeStatistics } from '../../analysis/backtest/compute-statistics.ts';
import { computeMacroStatistics } from '../../analysis/backtest/macro-statistics.ts';
import { periodsPerYear } from '../../analysis/backtest/periods-per-year.ts';
import type { Statistics, UndefinableStatistic } from '../../analysis/backtest/statistics.ts';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import type { TestPlan } from './backtester.ts';
import type { NamedCurve } from './benchmark.ts';
import { computeHistogram } from './histogram.ts';
import { toMacroAnswer } from './macro-answer.ts';
import { toSeconds } from './market-job-view.ts';
import type { MarketScanLedger } from './market-scan-ledger.ts';
import type { MarketTask } from './market-scan-record.ts';
import { caveatsOf } from './test-plan.ts';

export interface ResultParts {
  readonly ledger: MarketScanLedger;
  /** Of the stocks that were tested, in the order of the universe. */
  readonly curves: readonly StockCurve[];
  readonly plan: TestPlan;
  readonly benchmark: NamedCurve | null;
  readonly task: Extract<MarketTask, { readonly kind: 'scan' }>;
  /** Stocks that were tested before an interruption and could not be read again after it: they have a result and no curve. */
  readonly lost: readonly string[];
}

/** Stocks in the lists of the best and the worst. */
const LISTED = 10;

/** Everything a market scan came to. */
export function assembleResult(parts: ResultParts): MarketScanResult {
  const { ledger, curves, plan, task, lost } = parts;
  const { job, items, durationMs } = ledger;
  const { input, state } = job;
  const results = items.flatMap((item) => (item.status === 'tested' ? [item.result] : []));
  const stock_results = results.toSorted((a, b) => b.pnl - a.pnl);
  const year = { periodsPerYear: periodsPerYear(plan.market, input.interval) };
  const portfolio = computePortfolio(curves, year);
  const { options } = plan;
  return {
    strategy: input.strategy,
    parameters: { ...task.parameters },
    interval: input.interval,
    exchange: input.exchange,
    data_source: input.dataSource,
    total_stocks: items.length,
    successful: results.length,
    failed: items.length - results.length,
    total_pnl: results.reduce((sum, { pnl }) => sum + pnl, 0),
    total_time: toSeconds(durationMs),
    stock_results,
    failures: items.flatMap((item) => (item.status === 'failed' ? [item.failure] : [])),
    macro_statistics: toMacroAnswer(computeMacroStatistics(results.map(toOutcome))),
    ...compare(portfolio, parts),
    distribution: computeHistogram(results.map(({ return_pct }) => return_pct)),
    best: stock_results.slice(0, LISTED),
    worst: stock_results.slice(-LISTED).reverse(),
    conventions: {
      cash: options.cash,
      commission: options.commissionRate,
      slippage: options.slippageRate,
      direction: options.direction,
      units: options.units,
      last_trade: options.lastTrade,
    },
    universe: { name: state.universe?.name ?? '', as_of: state.universe?.asOf ?? null },
    caveats: [...caveatsOf(job), ...(lost.length === 0 ? [] : [explainLost(lost)])],
  };
}

/** The portfolio beside what it is compared with: the market fund where there is one, else the same stocks held. */
function compare(
  { time, equity, benchmark, statistics, benchmarkStatistics }: Portfolio,
  { benchmark: fund, plan, ledger }: ResultParts,
): Pick<MarketScanResult, 'portfolio' | 'benchmark'> {
  const start = statistics.startEquity;
  const held = fund ? alignTo(time, fund, start) : benchmark;
  const year = { periodsPerYear: periodsPerYear(plan.market, ledger.job.input.interval) };
  const heldCurve = { time, equity: held, startEquity: start };
  const heldStatistics = fund
    ? computeStatistics({ ...heldCurve, trades: null, exposureRatio: null, benchmarkReturnRatio: null }, year)
    : benchmarkStatistics;
  return {
    portfolio: {
      ...toCurveStatistics(statistics),
      curve: {
        date: [...time].map((day) => toIsoTime(day).slice(0, 10)),
        equity: [...equity],
        benchmark: [...held],
      },
    },
    benchmark: {
      name: fund?.name ?? 'the same symbols in equal parts, bought and held',
      ...toCurveStatistics(heldStatistics),
    },
  };
}

function explainLost(tickers: readonly string[]): string {
  return (
    `The job was interrupted, and ${tickers.join(', ')}, tested before, could not be read again after it: ` +
    'the results have them, the portfolio and its curve do not.'
  );
}

/** The curve's worth at the end of each day, as if `start` had been put into it on the first one. */
function alignTo(days: Float64Array, { time, equity }: NamedCurve, start: number): Float64Array {
  let next = 0;
  let worth = Number.NaN;
  let first = Number.NaN;
  return days.map((day) => {
    while ((time[next] ?? Number.POSITIVE_INFINITY) <= day) {
      worth = equity[next] ?? worth;
      next += 1;
    }
    if (Number.isNaN(first)) first = worth;
    return Number.isNaN(worth) ? start : (start * worth) / first;
  });
}

function toOutcome({ sector, pnl, return_pct, total_trades, winning_trades }: StockResult) {
  return {
    sector,
    pnl,
    returnPct: return_pct,
    tradeCount: total_trades,
    winningTrades: winning_trades,
  };
}

/** Statistics under their names on the wire. */
export function toCurveStatistics(statistics: Statistics): CurveStatistics {
  return {
    start_equity: statistics.startEquity,
    final_equity: statistics.finalEquity,
    return_pct: statistics.returnPct,
    cagr_pct: statistics.cagrPct,
    annual_volatility_pct: statistics.annualVolatilityPct,
    sharpe_ratio: statistics.sharpe,
    sortino_ratio: statistics.sortino,
    calmar_ratio: statistics.calmar,
    max_drawdown: statistics.maxDrawdownRatio,
    max_drawdown_days: statistics.maxDrawdownDays,
    exposure_pct: statistics.exposurePct,
    total_trades: statistics.tradeCount,
    win_rate: statistics.winRatePct,
    profit_factor: statistics.profitFactor,
    expectancy_pct: statistics.expectancyPct,
    sqn: statistics.sqn,
    best_trade_pct: statistics.bestTradePct,
    worst_trade_pct: statistics.worstTradePct,
    reasons: toWireReasons(statistics),
  };
}

/** Names on the wire of what may be undefined. The benchmark's return has none: it has statistics of its own. */
const WIRE_NAMES: Readonly<Record<UndefinableStatistic, keyof CurveStatistics | null>> = {
  cagrPct: 'cagr_pct',
  annualVolatilityPct: 'annual_volatility_pct',
  sharpe: 'sharpe_ratio',
  sortino: 'sortino_ratio',
  calmar: 'calmar_ratio',
  exposurePct: 'exposure_pct',
  benchmarkReturnPct: null,
  winRatePct: 'win_rate',
  profitFactor: 'profit_factor',
  expectancyPct: 'expectancy_pct',
  sqn: 'sqn',
  bestTradePct: 'best_trade_pct',
  worstTradePct: 'worst_trade_pct',
};

function toWireReasons({ reasons }: Statistics): Record<string, string> {
  const named = Object.entries(WIRE_NAMES).flatMap(([name, wireName]) => {
    const reason = reasons[name as UndefinableStatistic]; // keys of the record
    return wireName === null || reason === undefined ? [] : [[wireName, reason] as const];
  });
  return Object.fromEntries(named);
}
