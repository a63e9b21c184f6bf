import { ScannerError } from '@fast-scanner/shared';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import { MovingRate } from '../../jobs/moving-rate.ts';
import type { SymbolWork } from '../common/symbol-work.ts';
import { assembleResult } from './assemble-result.ts';
import { assertNotInVain } from './assert-not-in-vain.ts';
import type { StockBacktest, TestPlan } from './backtester.ts';
import { readBenchmark } from './benchmark.ts';
import { type HistoryLoader, isLoaded, type LoadedStock } from './history-loader.ts';
import type { JobContext } from './job-context.ts';
import type { MarketScanEventDraft, MarketScanLedger } from './market-scan-ledger.ts';
import type { MarketScanItem, MarketTask, StockOutcome, Universe } from './market-scan-record.ts';
import { groupsOf, toTestPlan } from './test-plan.ts';
import { toStockResult } from './to-stock-result.ts';

/** What a job at work hands to the part that does it. */
export interface JobParts extends JobContext {
  readonly ledger: MarketScanLedger;
  readonly work: SymbolWork;
  readonly universe: Universe;
  readonly loader: HistoryLoader;
}

type ScanTask = Extract<MarketTask, { readonly kind: 'scan' }>;

interface Stock {
  readonly ticker: string;
  readonly position: number;
}

/** How the stocks of a group ended. */
interface TestedGroup {
  readonly items: readonly MarketScanItem[];
  /** Those that were tested, as one account. */
  readonly curve: StockCurve | null;
  /** How long each took, on average. */
  readonly stockMs: number;
}

/**
 * Tests every stock of the universe, five at a time, stores how each ended, and puts the results together. Stocks that an earlier process
 * has tested are tested again for their curves alone, which are not stored; their results stay as they are. Those that failed then are not
 * tried again.
 */
export async function scanStocks(parts: JobParts, task: ScanTask): Promise<MarketScanEventDraft> {
  const { ledger, work, universe } = parts;
  const plan = toTestPlan(ledger.job.input, universe);
  const groups = groupsOf(universe.tickers.map((ticker, position) => ({ ticker, position })));
  const curves = new Map<number, StockCurve>();
  const lost: string[] = [];
  const report = createReport(parts);
  await work.forEach([...groups.entries()], async ([index, group]) => {
    const open = group.filter(({ ticker }) => ledger.item(ticker)?.status !== 'failed');
    if (open.length === 0) return;
    const tested = await testGroup(parts, { stocks: open, plan, task });
    if (tested.curve) curves.set(index, tested.curve);
    const known = tested.items.filter(({ ticker }) => ledger.item(ticker));
    lost.push(...known.flatMap(({ ticker, status }) => (status === 'failed' ? [ticker] : [])));
    await report(tested);
  });
  assertNotInVain(ledger);
  const inOrder = groups.flatMap((_, index) => curves.get(index) ?? []);
  if (inOrder.length === 0)
    throw new ScannerError('no_data', 'no symbol could be read again after an interruption');
  const benchmark = await readBenchmark(parts, plan);
  return ['complete', assembleResult({ ledger, curves: inOrder, plan, benchmark, task, lost })];
}

/** Stores what is new about a group, with the time that is left at the pace of this process. */
function createReport({ ledger, universe, clock }: JobParts): (group: TestedGroup) => Promise<void> {
  const rate = new MovingRate(clock.monotonic());
  const before = ledger.items.length;
  return async ({ items, stockMs }) => {
    const news = items.filter(({ ticker }) => !ledger.item(ticker));
    const last = news.at(-1);
    if (!last) return;
    const done = ledger.items.length + news.length;
    const etaSeconds = rate.etaSeconds(clock.monotonic(), done - before, universe.tickers.length - done);
    await ledger.record(news, { ticker: last.ticker, stockMs, etaSeconds });
  };
}

interface Group {
  readonly stocks: readonly Stock[];
  readonly plan: TestPlan;
  readonly task: ScanTask;
}

async function testGroup(parts: JobParts, { stocks, plan, task }: Group): Promise<TestedGroup> {
  const { loader, backtester, work } = parts;
  const read = await Promise.all(stocks.map(({ ticker }) => loader.load(ticker)));
  const loaded = read.filter(isLoaded).map(({ ticker, candles }) => ({ ticker, candles }));
  const batch = { ...plan, stocks: loaded, parameters: task.parameters };
  const answer = loaded.length > 0 ? await backtester.test(batch, work.turn) : null;
  const byTicker = new Map(answer?.stocks.map((stock) => [stock.ticker, stock]));
  const items = stocks.flatMap((stock, index): MarketScanItem[] => {
    const one = read[index];
    if (!one) return [];
    const outcome = isLoaded(one)
      ? toOutcome(one, byTicker.get(stock.ticker))
      : { status: 'failed' as const, failure: one.failure };
    return [{ ...outcome, ...stock }];
  });
  const workMs = read.reduce((sum, { readMs }) => sum + readMs, answer?.computeMs ?? 0);
  return { items, curve: answer?.curve ?? null, stockMs: workMs / stocks.length };
}

function toOutcome(stock: LoadedStock, answer: StockBacktest | undefined): StockOutcome {
  if (answer?.ok) return { status: 'tested', result: toStockResult(stock, answer.statistics) };
  const { code = 'internal' as const, detail: error = 'the stock was not answered' } = answer ?? {};
  return { status: 'failed', failure: { ticker: stock.ticker, error, code } };
}
