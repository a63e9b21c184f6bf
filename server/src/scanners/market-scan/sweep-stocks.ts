import {
  type CurveStatistics,
  ScannerError,
  type SweepResult,
  type SweepVariant,
  toIsoTime,
} from '@fast-scanner/shared';
import { computePortfolio } from '../../analysis/backtest/compute-portfolio.ts';
import { type DeflatedSharpe, deflateBestSharpe } from '../../analysis/backtest/deflated-sharpe.ts';
import { dailyReturns } from '../../analysis/backtest/equity-curve.ts';
import { joinCurves } from '../../analysis/backtest/join-curves.ts';
import { periodsPerYear } from '../../analysis/backtest/periods-per-year.ts';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import { MovingRate } from '../../jobs/moving-rate.ts';
import { toCurveStatistics } from './assemble-result.ts';
import type { SweepAnswer, TestPlan, VariantCurves } from './backtester.ts';
import { isLoaded, type LoadedStock } from './history-loader.ts';
import { toSeconds } from './market-job-view.ts';
import type { MarketScanEventDraft } from './market-scan-ledger.ts';
import type { MarketTask } from './market-scan-record.ts';
import type { JobParts } from './scan-stocks.ts';
import { caveatsOf, groupsOf, toTestPlan } from './test-plan.ts';

type SweepTask = Extract<MarketTask, { readonly kind: 'sweep' }>;
type Failure = SweepResult['failures'][number];

/** The probability from which a deflated Sharpe ratio convinces. */
const CONVINCING = 0.95;

/**
 * Tests every variant over every stock before and after the split. The split lies at the asked share of the time the stocks cover
 * together. Nothing of it is stored before its end: a sweep that was interrupted starts anew.
 */
export async function sweepStocks(parts: JobParts, task: SweepTask): Promise<MarketScanEventDraft> {
  const { ledger, universe } = parts;
  const plan = toTestPlan(ledger.job.input, universe);
  const failures: Failure[] = [];
  const stocks = await loadAll(parts, failures);
  const splitAt = findSplit(stocks, task.inSample);
  const variants = await testAll({ ...parts, plan, task, stocks, splitAt, failures });
  return ['sweepComplete', summarize(parts, { plan, task, splitAt, variants, failures })];
}

async function loadAll({ loader, work, universe }: JobParts, failures: Failure[]): Promise<LoadedStock[]> {
  const stocks = new Map<string, LoadedStock>();
  await work.forEach(universe.tickers, async (ticker) => {
    const stock = await loader.load(ticker);
    if (isLoaded(stock)) stocks.set(ticker, stock);
    else failures.push(stock.failure);
  });
  return universe.tickers.flatMap((ticker) => stocks.get(ticker) ?? []);
}

/** @throws ScannerError `no_data` when no stock could be read */
function findSplit(stocks: readonly LoadedStock[], inSample: number): number {
  const firsts = stocks.map(({ candles }) => candles.openTime[0] ?? Number.POSITIVE_INFINITY);
  const lasts = stocks.map(({ candles }) => candles.openTime.at(-1) ?? Number.NEGATIVE_INFINITY);
  const from = firsts.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY);
  const to = lasts.reduce((last, time) => Math.max(last, time), Number.NEGATIVE_INFINITY);
  if (!(to > from)) throw new ScannerError('no_data', 'no symbol of the universe could be read');
  const day = 86_400_000;
  return Math.floor((from + inSample * (to - from)) / day) * day;
}

interface SweepParts extends JobParts {
  readonly plan: TestPlan;
  readonly task: SweepTask;
  readonly stocks: readonly LoadedStock[];
  readonly splitAt: number;
  readonly failures: Failure[];
}

/** Groups are joined in their order, whichever is finished first, so that the same sweep always comes to the same sums. */
async function testAll(parts: SweepParts): Promise<readonly VariantCurves[]> {
  const { work, backtester, ledger, clock, plan, task, stocks, splitAt, failures } = parts;
  const rate = new MovingRate(clock.monotonic());
  const groups = groupsOf(stocks);
  const answers = new Map<number, SweepAnswer>();
  let joined: readonly VariantCurves[] = [];
  let next = 0;
  let successful = 0;
  await work.forEach([...groups.entries()], async ([index, group]) => {
    const startedAt = clock.monotonic();
    const batch = { ...plan, stocks: group.map(toHistory), variants: task.variants, splitAt };
    answers.set(index, await backtester.sweep(batch, work.signal));
    const ended = answers.get(index)?.failures ?? [];
    failures.push(...ended.map(({ ticker, code, detail }) => ({ ticker, code, error: detail })));
    successful += group.length - ended.length;
    for (let answer = answers.get(next); answer; answer = answers.get(next)) {
      joined = joinVariants(joined, answer.variants);
      answers.delete(next);
      next += 1;
    }
    const counts = { successful, failed: failures.length };
    const done = successful + failures.length;
    const remaining = parts.universe.tickers.length - done;
    await ledger.advance(counts, {
      ticker: group.at(-1)?.ticker ?? '',
      stockMs: (clock.monotonic() - startedAt) / group.length,
      etaSeconds: rate.etaSeconds(clock.monotonic(), done, remaining),
    });
  });
  return joined;
}

function toHistory({ ticker, candles }: LoadedStock) {
  return { ticker, candles };
}

function joinVariants(
  joined: readonly VariantCurves[],
  more: readonly VariantCurves[],
): readonly VariantCurves[] {
  if (joined.length === 0) return more;
  return more.map((curves, index) => {
    const before = joined[index] ?? curves;
    return {
      inSample: joinCurves([before.inSample, curves.inSample]),
      outOfSample: joinCurves([before.outOfSample, curves.outOfSample]),
    };
  });
}

interface SweepOutcome {
  readonly plan: TestPlan;
  readonly task: SweepTask;
  readonly splitAt: number;
  readonly variants: readonly VariantCurves[];
  readonly failures: readonly Failure[];
}

function summarize(
  { ledger, universe }: JobParts,
  { plan, task, splitAt, variants, failures }: SweepOutcome,
): SweepResult {
  const { input } = ledger.job;
  const year = { periodsPerYear: periodsPerYear(plan.market, input.interval) };
  const statisticsOf = (curve: StockCurve) => toCurveStatistics(computePortfolio([curve], year).statistics);
  const tried = variants.map(({ inSample, outOfSample }, index) => ({
    parameters: { ...task.variants[index] },
    in_sample: statisticsOf(inSample),
    out_of_sample: statisticsOf(outOfSample),
  }));
  const ordered = tried.sort((a, b) => sharpeOf(b.in_sample) - sharpeOf(a.in_sample));
  const deflated = deflateBestSharpe(variants.map(({ inSample }) => dailyReturns(inSample)));
  return {
    strategy: input.strategy,
    interval: input.interval,
    exchange: input.exchange,
    data_source: input.dataSource,
    total_stocks: universe.tickers.length,
    successful: universe.tickers.length - failures.length,
    failed: failures.length,
    total_time: toSeconds(ledger.durationMs),
    failures: [...failures],
    split_date: toIsoTime(splitAt).slice(0, 10),
    variants: ordered,
    deflated_sharpe: deflated && {
      variants: variants.length,
      expected_maximum: deflated.expectedMaximum * Math.sqrt(year.periodsPerYear),
      probability: deflated.probability,
    },
    verdict: judge(ordered, deflated),
    caveats: caveatsOf(ledger.job),
  };
}

function sharpeOf({ sharpe_ratio }: CurveStatistics): number {
  return sharpe_ratio ?? Number.NEGATIVE_INFINITY;
}

function judge(variants: readonly SweepVariant[], deflated: DeflatedSharpe | null): string {
  const [best] = variants;
  if (!best || best.in_sample.sharpe_ratio === null) return 'No variant traded enough to be judged.';
  const [before, after] = [best.in_sample.sharpe_ratio, best.out_of_sample.sharpe_ratio];
  const outside =
    after === null
      ? 'traded too little to be judged after the split'
      : `has ${after.toFixed(2)} after the split`;
  const found = `The best of ${variants.length} variants has a Sharpe ratio of ${before.toFixed(2)} before the split and ${outside}.`;
  if (!deflated) return found;
  const chance = `${(100 * deflated.probability).toFixed(0)} %`;
  return deflated.probability >= CONVINCING
    ? `${found} With a probability of ${chance} that is more than the luck of trying so many.`
    : `${found} That is not convincing: the probability that it is more than the luck of trying so many is ${chance}.`;
}
