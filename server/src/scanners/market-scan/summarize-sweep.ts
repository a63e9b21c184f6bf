import { setImmediate } from 'node:timers/promises';
import { type CurveStatistics, type SweepResult, type SweepVariant, toIsoTime } from '@fast-scanner/shared';
import { computePortfolio } from '../../analysis/backtest/compute-portfolio.ts';
import { type DeflatedSharpe, deflateBestSharpe } from '../../analysis/backtest/deflated-sharpe.ts';
import { dailyReturns } from '../../analysis/backtest/equity-curve.ts';
import { periodsPerYear } from '../../analysis/backtest/periods-per-year.ts';
import type { StockCurve } from '../../analysis/backtest/stock-curve.ts';
import { toCurveStatistics } from './assemble-result.ts';
import type { TestPlan, VariantCurves } from './backtester.ts';
import { toSeconds } from './market-job-view.ts';
import type { MarketScanLedger } from './market-scan-ledger.ts';
import type { SweepTask } from './sweep-stocks.ts';
import { caveatsOf } from './test-plan.ts';

export interface SweepOutcome {
  readonly plan: TestPlan;
  readonly task: SweepTask;
  /** Epoch ms UTC. */
  readonly splitAt: number;
  /** As the variants of the task. */
  readonly variants: readonly VariantCurves[];
}

interface TriedVariant extends SweepVariant {
  /** Position in the task. */
  readonly index: number;
}

/** The probability from which a deflated Sharpe ratio convinces. */
const CONVINCING = 0.95;

/** What a sweep came to. The best variant is the one with the highest Sharpe ratio before the split, and the one that is judged. */
export async function summarizeSweep(ledger: MarketScanLedger, outcome: SweepOutcome): Promise<SweepResult> {
  const { plan, variants, splitAt } = outcome;
  const { job, items: failed } = ledger;
  const { input, state } = job;
  const total = state.universe?.tickers.length ?? 0;
  const year = periodsPerYear(plan.market, input.interval);
  const ordered = (await measureAll(outcome, year)).sort(
    (a, b) => sharpeOf(b.in_sample) - sharpeOf(a.in_sample) || a.index - b.index,
  );
  const [best] = ordered;
  const deflated = best && best.in_sample.sharpe_ratio !== null ? deflate(variants, best) : null;
  return {
    strategy: input.strategy,
    interval: input.interval,
    exchange: input.exchange,
    data_source: input.dataSource,
    total_stocks: total,
    successful: total - failed.length,
    failed: failed.length,
    total_time: toSeconds(ledger.durationMs),
    failures: failed.flatMap((item) => (item.status === 'failed' ? [item.failure] : [])),
    split_date: toIsoTime(splitAt).slice(0, 10),
    variants: ordered.map(({ index: _, ...variant }) => variant),
    deflated_sharpe: deflated && {
      variants: variants.length,
      expected_maximum: deflated.expectedMaximum * Math.sqrt(year),
      probability: deflated.probability,
    },
    verdict: judge(ordered, deflated),
    caveats: caveatsOf(job),
  };
}

/** Lets others have a turn of the event loop after each variant. */
async function measureAll({ task, variants }: SweepOutcome, year: number): Promise<TriedVariant[]> {
  const statisticsOf = (curve: StockCurve) =>
    toCurveStatistics(computePortfolio([curve], { periodsPerYear: year }).statistics);
  const tried: TriedVariant[] = [];
  for (const [index, { inSample, outOfSample }] of variants.entries()) {
    const parameters = { ...task.variants[index] };
    const in_sample = statisticsOf(inSample);
    tried.push({ index, parameters, in_sample, out_of_sample: statisticsOf(outOfSample) });
    await setImmediate();
  }
  return tried;
}

function deflate(variants: readonly VariantCurves[], { index }: TriedVariant): DeflatedSharpe | null {
  const returns = variants.map(({ inSample }) => dailyReturns(inSample));
  return deflateBestSharpe(returns, index);
}

function sharpeOf({ sharpe_ratio }: CurveStatistics): number {
  return sharpe_ratio ?? Number.NEGATIVE_INFINITY;
}

function judge(variants: readonly SweepVariant[], deflated: DeflatedSharpe | null): string {
  const [best] = variants;
  if (!best || best.in_sample.sharpe_ratio === null) return 'No variant traded enough to be judged.';
  const [before, after] = [best.in_sample.sharpe_ratio, best.out_of_sample.sharpe_ratio];
  const who = variants.length === 1 ? 'The only variant' : `The best of ${variants.length} variants`;
  const outside =
    after === null
      ? 'traded too little to be judged after the split'
      : `has ${after.toFixed(2)} after the split`;
  const found = `${who} has a Sharpe ratio of ${before.toFixed(2)} before the split and ${outside}.`;
  if (!deflated) return found;
  const luck = variants.length === 1 ? 'luck' : 'the luck of trying so many';
  const chance = formatChance(deflated.probability);
  return deflated.probability >= CONVINCING
    ? `${found} With a probability of ${chance} that is more than ${luck}.`
    : `${found} That is not convincing: the probability that it is more than ${luck} is ${chance}.`;
}

/** In percent. Nothing is certain, and nothing impossible. */
function formatChance(probability: number): string {
  if (probability > 0.99) return 'more than 99 %';
  if (probability < 0.01) return 'less than 1 %';
  return `${(100 * probability).toFixed(0)} %`;
}
