import { type StockResult, toIsoTime } from '@fast-scanner/shared';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import { MovingRate } from '../../jobs/moving-rate.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { sectorOf } from '../../market-data/universes/sp500.ts';
import type { SymbolWork } from '../common/symbol-work.ts';
import { assembleResult } from './assemble-result.ts';
import type { StockBacktest, TestPlan } from './backtester.ts';
import { readBenchmark } from './benchmark.ts';
import {
  type FailedStock,
  type HistoryLoader,
  isLoaded,
  type LoadedStock,
  type TimeRange,
} from './history-loader.ts';
import type { JobContext } from './job-context.ts';
import type { MarketScanEventDraft, MarketScanLedger } from './market-scan-ledger.ts';
import type { MarketScanItem, MarketTask, StockOutcome, Universe } from './market-scan-record.ts';
import { groupsOf, toTestPlan } from './test-plan.ts';

/** What a job at work hands to the part that does it. */
export interface JobParts extends JobContext {
  readonly ledger: MarketScanLedger;
  readonly work: SymbolWork;
  readonly feed: MarketFeed;
  readonly universe: Universe;
  readonly range: TimeRange;
  readonly loader: HistoryLoader;
}

type ScanTask = Extract<MarketTask, { readonly kind: 'scan' }>;

interface TestedStock {
  readonly outcome: StockOutcome;
  /** `null` for a stock that failed. */
  readonly curve: StockCurve | null;
  readonly elapsedMs: number;
}

/**
 * Tests every stock of the universe, five at a time, stores how each ended, and puts the results together. Stocks that an earlier process
 * has stored are tested again for their curves alone, which are not stored; their results stay as they are.
 */
export async function scanStocks(parts: JobParts, task: ScanTask): Promise<MarketScanEventDraft> {
  const { ledger, work, universe, clock } = parts;
  const plan = toTestPlan(ledger.job.input, universe);
  const positions = new Map(universe.tickers.map((ticker, position) => [ticker, position]));
  const curves = new Map<string, StockCurve>();
  const known = ledger.items.length;
  const rate = new MovingRate(clock.monotonic());
  await work.forEach(groupsOf(universe.tickers), async (tickers) => {
    const tested = await testGroup(parts, { tickers, plan, task });
    for (const [index, { curve }] of tested.entries()) {
      const ticker = tickers[index];
      if (curve && ticker !== undefined) curves.set(ticker, curve);
    }
    const items = tested.flatMap(({ outcome }, index): MarketScanItem[] => {
      const ticker = tickers[index];
      if (ticker === undefined || ledger.has(ticker)) return [];
      return [{ ...outcome, ticker, position: positions.get(ticker) ?? 0 }];
    });
    if (items.length === 0) return;
    const done = ledger.items.length + items.length;
    const etaSeconds = rate.etaSeconds(clock.monotonic(), done - known, universe.tickers.length - done);
    const last = tested.at(-1);
    await ledger.record(items, { ticker: tickers.at(-1) ?? '', stockMs: last?.elapsedMs ?? 0, etaSeconds });
  });
  const inOrder = universe.tickers.flatMap((ticker) => curves.get(ticker) ?? []);
  const benchmark = await readBenchmark(parts, plan);
  const items = ledger.items;
  return [
    'complete',
    assembleResult({
      job: ledger.job,
      items,
      curves: inOrder,
      plan,
      benchmark,
      durationMs: ledger.durationMs,
      task,
    }),
  ];
}

interface Group {
  readonly tickers: readonly string[];
  readonly plan: TestPlan;
  readonly task: ScanTask;
}

async function testGroup(parts: JobParts, { tickers, plan, task }: Group): Promise<readonly TestedStock[]> {
  const { loader, backtester, work, clock } = parts;
  const startedAt = clock.monotonic();
  const stocks = await Promise.all(tickers.map((ticker) => loader.load(ticker)));
  const loaded = stocks.filter(isLoaded);
  const batch = {
    ...plan,
    stocks: loaded.map(({ ticker, candles }) => ({ ticker, candles })),
    parameters: task.parameters,
  };
  const answers = loaded.length === 0 ? [] : await backtester.test(batch, work.signal);
  const elapsedMs = (clock.monotonic() - startedAt) / tickers.length;
  const byTicker = new Map(answers.map((answer) => [answer.ticker, answer]));
  return stocks.map((stock) =>
    isLoaded(stock) ? toTested(stock, byTicker.get(stock.ticker), elapsedMs) : failed(stock, elapsedMs),
  );
}

function failed(outcome: FailedStock, elapsedMs: number): TestedStock {
  return { outcome, curve: null, elapsedMs };
}

function toTested(stock: LoadedStock, answer: StockBacktest | undefined, elapsedMs: number): TestedStock {
  const { ticker } = stock;
  if (!answer?.ok) {
    const { code = 'internal' as const, detail: error = 'the stock was not answered' } = answer ?? {};
    return failed({ status: 'failed', failure: { ticker, error, code } }, elapsedMs);
  }
  return {
    outcome: { status: 'tested', result: toStockResult(stock, answer) },
    curve: answer.curve,
    elapsedMs,
  };
}

function toStockResult(
  { ticker, candles, rejectedRows }: LoadedStock,
  { statistics }: Extract<StockBacktest, { readonly ok: true }>,
): StockResult {
  const dateOf = (openTime: number | undefined) => toIsoTime(openTime ?? 0).slice(0, 10);
  return {
    ticker,
    sector: sectorOf(ticker),
    pnl: statistics.finalEquity - statistics.startEquity,
    return_pct: statistics.returnPct,
    total_trades: statistics.tradeCount,
    winning_trades: statistics.winningTrades,
    losing_trades: statistics.losingTrades,
    win_rate: statistics.winRatePct,
    sharpe_ratio: statistics.sharpe,
    max_drawdown: statistics.maxDrawdownRatio,
    start_value: statistics.startEquity,
    end_value: statistics.finalEquity,
    benchmark_return_pct: statistics.benchmarkReturnPct,
    candles: candles.close.length,
    first_date: dateOf(candles.openTime[0]),
    last_date: dateOf(candles.openTime.at(-1)),
    rejected_rows: rejectedRows,
  };
}
