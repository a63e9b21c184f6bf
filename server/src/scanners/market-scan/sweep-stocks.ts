import { MovingRate } from '../../jobs/moving-rate.ts';
import { assertNotInVain } from './assert-not-in-vain.ts';
import type { SweepAnswer, TestPlan, VariantCurves } from './backtester.ts';
import { isLoaded, type LoadedStock, type UnreadStock } from './history-loader.ts';
import { VariantJoin } from './join-answers.ts';
import type { MarketScanEventDraft } from './market-scan-ledger.ts';
import type { FailedItem, MarketTask } from './market-scan-record.ts';
import type { JobParts } from './scan-stocks.ts';
import { summarizeSweep } from './summarize-sweep.ts';
import { groupsOf, toTestPlan } from './test-plan.ts';

export type SweepTask = Extract<MarketTask, { readonly kind: 'sweep' }>;

interface SweptStock {
  readonly ticker: string;
  readonly position: number;
  readonly read: LoadedStock | UnreadStock;
}

type SweptGroup = readonly SweptStock[];

interface SweepParts extends JobParts {
  readonly plan: TestPlan;
  readonly task: SweepTask;
  readonly groups: readonly SweptGroup[];
  readonly splitAt: number;
}

const DAY_MS = 86_400_000;

/**
 * Tests every variant over every stock before and after the split. The split lies at the asked share of the time the stocks cover
 * together, which is known when all are read. Of it only the stocks that failed are stored before its end: a sweep that was interrupted
 * starts anew with the others.
 */
export async function sweepStocks(parts: JobParts, task: SweepTask): Promise<MarketScanEventDraft> {
  const { ledger, universe } = parts;
  const plan = toTestPlan(ledger.job.input, universe);
  const groups = await readAll(parts);
  const reads = groups.flat().map(({ read }) => read);
  const splitAt = findSplit(reads.filter(isLoaded), task.inSample);
  const variants = await testAll({ ...parts, plan, task, groups, splitAt });
  assertNotInVain(ledger);
  return ['sweepComplete', await summarizeSweep(ledger, { plan, task, splitAt, variants })];
}

/** The stocks in groups of five, in the order of the universe, without those that have failed in an earlier process. */
async function readAll(parts: JobParts): Promise<readonly SweptGroup[]> {
  const { loader, work, universe, ledger } = parts;
  const stocks = new Map<string, SweptStock>();
  await work.forEach([...universe.tickers.entries()], async ([position, ticker]) => {
    if (!ledger.item(ticker)) stocks.set(ticker, { ticker, position, read: await loader.load(ticker) });
  });
  return groupsOf(universe.tickers).map((group) => group.flatMap((ticker) => stocks.get(ticker) ?? []));
}

/** A midnight, UTC. Without stocks it is any. */
function findSplit(stocks: readonly LoadedStock[], inSample: number): number {
  const firsts = stocks.map(({ candles }) => candles.openTime[0] ?? Number.POSITIVE_INFINITY);
  const lasts = stocks.map(({ candles }) => candles.openTime.at(-1) ?? 0);
  const to = lasts.reduce((last, time) => Math.max(last, time), 0);
  const from = firsts.reduce((first, time) => Math.min(first, time), to);
  return Math.floor((from + inSample * (to - from)) / DAY_MS) * DAY_MS;
}

async function testAll(parts: SweepParts): Promise<readonly VariantCurves[]> {
  const { work, ledger, clock, groups } = parts;
  const all = groups.flat().length;
  const rate = new MovingRate(clock.monotonic());
  const joined = new VariantJoin();
  let done = 0;
  let successful = 0;
  await work.forEach([...groups.entries()], async ([index, group]) => {
    const answer = await testGroup(parts, group);
    joined.add(index, answer.variants);
    const last = group.at(-1);
    if (!last) return;
    const failures = failuresOf(group, answer);
    done += group.length;
    successful += group.length - failures.length;
    const readMs = group.reduce((sum, { read }) => sum + read.readMs, 0);
    await ledger.advance(successful, failures, {
      ticker: last.ticker,
      stockMs: (readMs + answer.computeMs) / group.length,
      etaSeconds: rate.etaSeconds(clock.monotonic(), done, all - done),
    });
  });
  return joined.variants;
}

async function testGroup(
  { backtester, work, plan, task, splitAt }: SweepParts,
  group: SweptGroup,
): Promise<SweepAnswer> {
  const loaded = group.map(({ read }) => read).filter(isLoaded);
  if (loaded.length === 0) return { variants: [], failures: [], computeMs: 0 };
  const stocks = loaded.map(({ ticker, candles }) => ({ ticker, candles }));
  return backtester.sweep({ ...plan, stocks, variants: task.variants, splitAt }, work.turn);
}

function failuresOf(group: SweptGroup, { failures }: SweepAnswer): readonly FailedItem[] {
  return group.flatMap(({ ticker, position, read }): FailedItem[] => {
    const crash = failures.find((one) => one.ticker === ticker);
    if (crash) {
      const { code, detail: error } = crash;
      return [{ status: 'failed', ticker, position, failure: { ticker, error, code } }];
    }
    return isLoaded(read) ? [] : [{ status: 'failed', ticker, position, failure: read.failure }];
  });
}
