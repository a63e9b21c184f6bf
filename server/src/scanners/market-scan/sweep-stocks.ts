import { MovingRate } from '../../jobs/moving-rate.ts';
import { assertNotInVain } from './assert-not-in-vain.ts';
import type { SweepAnswer, TestPlan, VariantCurves } from './backtester.ts';
import { isLoaded, type LoadedStock, type UnreadStock } from './history-loader.ts';
import { joinVariants } from './join-answers.ts';
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

interface SweepParts extends JobParts {
  readonly plan: TestPlan;
  readonly task: SweepTask;
  readonly stocks: readonly SweptStock[];
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
  const stocks = await readAll(parts);
  const splitAt = findSplit(stocks.map(({ read }) => read).filter(isLoaded), task.inSample);
  const variants = await testAll({ ...parts, plan, task, stocks, splitAt });
  assertNotInVain(ledger);
  return ['sweepComplete', await summarizeSweep(ledger, { plan, task, splitAt, variants })];
}

/** The stocks that have not failed in an earlier process, in the order of the universe. */
async function readAll({ loader, work, universe, ledger }: JobParts): Promise<readonly SweptStock[]> {
  const stocks: SweptStock[] = [];
  await work.forEach([...universe.tickers.entries()], async ([position, ticker]) => {
    if (ledger.item(ticker)) return;
    stocks.push({ ticker, position, read: await loader.load(ticker) });
  });
  return stocks.sort((a, b) => a.position - b.position);
}

/** A midnight, UTC. Without stocks it is any. */
function findSplit(stocks: readonly LoadedStock[], inSample: number): number {
  const firsts = stocks.map(({ candles }) => candles.openTime[0] ?? Number.POSITIVE_INFINITY);
  const lasts = stocks.map(({ candles }) => candles.openTime.at(-1) ?? 0);
  const to = lasts.reduce((last, time) => Math.max(last, time), 0);
  const from = firsts.reduce((first, time) => Math.min(first, time), to);
  return Math.floor((from + inSample * (to - from)) / DAY_MS) * DAY_MS;
}

/** Groups are joined in their order, whichever is finished first, so that the same sweep always comes to the same sums. */
async function testAll(parts: SweepParts): Promise<readonly VariantCurves[]> {
  const { work, ledger, clock, universe, stocks } = parts;
  const rate = new MovingRate(clock.monotonic());
  const answers = new Map<number, SweepAnswer>();
  let joined: readonly VariantCurves[] = [];
  let next = 0;
  let done = 0;
  let successful = 0;
  await work.forEach([...groupsOf(stocks).entries()], async ([index, group]) => {
    const answer = await testGroup(parts, group);
    answers.set(index, answer);
    for (let ready = answers.get(next); ready; ready = answers.get(next)) {
      joined = joinVariants(joined, ready.variants);
      answers.delete(next);
      next += 1;
    }
    const failures = failuresOf(group, answer);
    done += group.length;
    successful += group.length - failures.length;
    const readMs = group.reduce((sum, { read }) => sum + read.readMs, 0);
    await ledger.advance(successful, failures, {
      ticker: group.at(-1)?.ticker ?? universe.name,
      stockMs: (readMs + answer.computeMs) / group.length,
      etaSeconds: rate.etaSeconds(clock.monotonic(), done, stocks.length - done),
    });
  });
  return joined;
}

async function testGroup(
  { backtester, work, plan, task, splitAt }: SweepParts,
  group: readonly SweptStock[],
): Promise<SweepAnswer> {
  const loaded = group.map(({ read }) => read).filter(isLoaded);
  if (loaded.length === 0) return { variants: [], failures: [], computeMs: 0 };
  const stocks = loaded.map(({ ticker, candles }) => ({ ticker, candles }));
  return backtester.sweep({ ...plan, stocks, variants: task.variants, splitAt }, work.turn);
}

function failuresOf(group: readonly SweptStock[], { failures }: SweepAnswer): readonly FailedItem[] {
  return group.flatMap(({ ticker, position, read }): FailedItem[] => {
    const crash = failures.find((one) => one.ticker === ticker);
    if (crash) {
      const { code, detail: error } = crash;
      return [{ status: 'failed', ticker, position, failure: { ticker, error, code } }];
    }
    return isLoaded(read) ? [] : [{ status: 'failed', ticker, position, failure: read.failure }];
  });
}
