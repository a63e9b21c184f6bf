/*
 * ns per candle of each core indicator: ours, a bare typed-array loop, and four packages.
 *   node --import tsx bench/indicators.bench.ts [--quick]
 */
import { parseArgs } from 'node:util';
import type { CandleColumns } from '@fast-scanner/shared';
import { type BenchCandles, benchCandles, walkColumns } from './support/bench-candles.ts';
import { INDICATOR_SUBJECTS, type IndicatorSubject } from './support/indicator-subjects.ts';
import {
  type Contender,
  type Measurement,
  type MeasureOptions,
  measureInterleaved,
} from './support/measure.ts';
import { printTable } from './support/table.ts';

interface Plan extends MeasureOptions {
  readonly candles: number;
  /** A contender that would take longer for one run gets fewer candles. */
  readonly longestRunMs: number;
}

const FULL: Plan = { candles: 1_000_000, longestRunMs: 60, rounds: 15, warmupRounds: 3 };
const QUICK: Plan = { candles: 100_000, longestRunMs: 15, rounds: 3, warmupRounds: 1 };
const CALIBRATION_CANDLES = 5_000;

type Form = Exclude<keyof IndicatorSubject, 'name'>;
const BATCH: readonly Form[] = [
  'ours',
  'bare',
  'technicalindicators',
  'tradingSignals',
  'ixjb94',
  'indicatorts',
];
const STREAMING: readonly Form[] = ['streaming', 'tradingSignals'];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  const plan = values.quick ? QUICK : FULL;
  const candlesOf = createCandleCache(walkColumns(plan.candles));
  const measured = async (subject: IndicatorSubject, forms: readonly Form[]) =>
    measureInterleaved(contenders(subject, forms, { plan, candlesOf }), plan);

  const batch: (readonly Measurement[])[] = [];
  const streaming: (readonly Measurement[])[] = [];
  for (const subject of INDICATOR_SUBJECTS) {
    batch.push(await measured(subject, BATCH));
    streaming.push(await measured(subject, STREAMING));
  }
  const size = plan.candles.toLocaleString('en');
  printTable(
    `Whole columns of ${size} candles: ns per candle (in brackets: times ours)`,
    ['indicator', 'ours', 'bare loop', 'ours / bare', ...BATCH.slice(2)],
    batch.map((row, index) => batchRow(INDICATOR_SUBJECTS[index]?.name ?? '', row)),
  );
  printTable(
    'Candle by candle: ns per candle',
    ['indicator', 'ours', 'trading-signals', 'times ours'],
    streaming.map((row, index) => {
      const [ours, theirs] = STREAMING.map((form) => nsOf(row, form) ?? Number.NaN);
      return [INDICATOR_SUBJECTS[index]?.name ?? '', format(ours), format(theirs), ratio(theirs, ours)];
    }),
  );
}

interface Setting {
  readonly plan: Plan;
  readonly candlesOf: (count: number) => BenchCandles;
}

function contenders(
  subject: IndicatorSubject,
  forms: readonly Form[],
  { plan, candlesOf }: Setting,
): Contender[] {
  return forms.flatMap((name) => {
    const run = subject[name];
    if (run === null) return [];
    const candles = candlesOf(affordableCandles(run, candlesOf(CALIBRATION_CANDLES), plan));
    return [{ name, units: candles.count, run: () => run(candles) }];
  });
}

/** How many candles fit into the longest run, in steps of ten so that contenders share them. */
function affordableCandles(
  run: (candles: BenchCandles) => unknown,
  sample: BenchCandles,
  { candles, longestRunMs }: Plan,
): number {
  run(sample);
  const startedAt = performance.now();
  run(sample);
  const affordable = (sample.count * longestRunMs) / (performance.now() - startedAt);
  return Math.min(candles, Math.max(CALIBRATION_CANDLES, 10 ** Math.floor(Math.log10(affordable))));
}

function createCandleCache(all: CandleColumns): (count: number) => BenchCandles {
  const cache = new Map<number, BenchCandles>();
  return (count) => {
    const candles = cache.get(count) ?? benchCandles(all, count);
    cache.set(count, candles);
    return candles;
  };
}

function batchRow(name: string, row: readonly Measurement[]): string[] {
  const ours = nsOf(row, 'ours');
  const packages = BATCH.slice(2).map((form) => {
    const ns = nsOf(row, form);
    return ns === undefined ? '–' : `${format(ns)} (${ratio(ns, ours)})`;
  });
  const bare = nsOf(row, 'bare');
  return [name, format(ours), format(bare), ratio(ours, bare), ...packages];
}

function nsOf(row: readonly Measurement[], form: Form): number | undefined {
  return row.find(({ name }) => name === form)?.nsPerUnit;
}

function format(ns = Number.NaN): string {
  return ns.toFixed(1);
}

function ratio(ns = Number.NaN, reference = Number.NaN): string {
  const times = ns / reference;
  return `${times.toFixed(times < 10 ? 2 : 0)} ×`;
}

await main();
