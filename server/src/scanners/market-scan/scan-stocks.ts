import { type StockResult, toIsoTime } from '@fast-scanner/shared';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import { MovingRate } from '../../jobs/moving-rate.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { sectorOf } from '../../market-data/universes/sp500.ts';
import type { SymbolWork } from '../common/symbol-work.ts';
import { assembleResult } from './assemble-result.ts';
import type { StockBacktest, TestPlan } from './backtester.ts';
import { readBenchmark } from './benchmark.ts';
import { type HistoryLoader, isLoaded, type LoadedStock, type TimeRange } from './history-loader.ts';
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

/** How the stocks of a group ended. */
interface TestedGroup {
  readonly outcomes: readonly StockOutcome[];
  /** Those that were tested, as one account. */
  readonly curve: StockCurve;
}

/**
 * Tests every stock of the universe, five at a time, stores how each ended, and puts the results together. Stocks that an earlier process
 * has stored are tested again for their curves alone, which are not stored; their results stay as they are.
 */
export async function scanStocks(parts: JobParts, task: ScanTask): Promise<MarketScanEventDraft> {
  const { ledger, work, universe, clock } = parts;
  const plan = toTestPlan(ledger.job.input, universe);
  const groups = groupsOf(universe.tickers.map((ticker, position) => ({ ticker, position })));
  const curves = new Map<number, StockCurve>();
  const known = ledger.items.length;
  const rate = new MovingRate(clock.monotonic());
  await work.forEach([...groups.entries()], async ([index, group]) => {
    const startedAt = clock.monotonic();
    const tickers = group.map(({ ticker }) => ticker);
    const { outcomes, curve } = await testGroup(parts, { tickers, plan, task });
    curves.set(index, curve);
    const items = group.flatMap((stock, at): MarketScanItem[] => {
      const outcome = outcomes[at];
      return outcome && !ledger.has(stock.ticker) ? [{ ...outcome, ...stock }] : [];
    });
    if (items.length === 0) return;
    const done = ledger.items.length + items.length;
    const etaSeconds = rate.etaSeconds(clock.monotonic(), done - known, universe.tickers.length - done);
    const stockMs = (clock.monotonic() - startedAt) / group.length;
    await ledger.record(items, { ticker: tickers.at(-1) ?? '', stockMs, etaSeconds });
  });
  const inOrder = groups.flatMap((_, index) => curves.get(index) ?? []);
  const benchmark = await readBenchmark(parts, plan);
  const { job, items, durationMs } = ledger;
  return ['complete', assembleResult({ job, items, curves: inOrder, plan, benchmark, durationMs, task })];
}

interface Group {
  readonly tickers: readonly string[];
  readonly plan: TestPlan;
  readonly task: ScanTask;
}

async function testGroup(parts: JobParts, { tickers, plan, task }: Group): Promise<TestedGroup> {
  const { loader, backtester, work } = parts;
  const stocks = await Promise.all(tickers.map((ticker) => loader.load(ticker)));
  const loaded = stocks.filter(isLoaded).map(({ ticker, candles }) => ({ ticker, candles }));
  const answer = await backtester.test({ ...plan, stocks: loaded, parameters: task.parameters }, work.signal);
  const byTicker = new Map(answer.stocks.map((stock) => [stock.ticker, stock]));
  const outcomes = stocks.map((stock) =>
    isLoaded(stock) ? toOutcome(stock, byTicker.get(stock.ticker)) : stock,
  );
  return { outcomes, curve: answer.curve };
}

function toOutcome(stock: LoadedStock, answer: StockBacktest | undefined): StockOutcome {
  const { ticker } = stock;
  if (answer?.ok) return { status: 'tested', result: toStockResult(stock, answer) };
  const { code = 'internal' as const, detail: error = 'the stock was not answered' } = answer ?? {};
  return { status: 'failed', failure: { ticker, error, code } };
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
