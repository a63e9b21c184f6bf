/*
 * CPU time of the analysis of one symbol: deep (phase 2) and quick (phase 1).
 *   node --import tsx bench/deep-analysis.bench.ts [--quick]
 */
import { performance } from 'node:perf_hooks';
import { computeDeepAnalysis, type DeepAnalysisInput } from '@fast-scanner/server/analysis/deep-analysis.ts';
import { computeQuickAnalysis } from '@fast-scanner/server/analysis/quick-analysis.ts';
import { type CandleSeries, sliceSeries, type Timeframe } from '@fast-scanner/shared';
import { randomSeries } from '../test/support/random-series.ts';
import { median } from './support/measure.ts';
import { printTable } from './support/table.ts';

const SYMBOLS = 200;
const DEEP_CANDLES = 500;
const QUICK_CANDLES = 300;
const ROUNDS = process.argv.includes('--quick') ? 1 : 5;
const TIMEFRAMES: readonly Timeframe[] = ['15m', '1h', '4h', '1d'];
const NEWEST_OPEN_TIME = Date.UTC(2026, 0, 5);
const GOAL_MS = 10;

/** The deep analysis of one symbol: four timeframes of its own random walks. */
function deepInput(seed: number): DeepAnalysisInput {
  const timeframes = TIMEFRAMES.map((timeframe, index) => ({
    timeframe,
    series: randomSeries({
      timeframe,
      count: DEEP_CANDLES,
      newestOpenTime: NEWEST_OPEN_TIME,
      seed: seed * TIMEFRAMES.length + index,
    }),
    detail: null,
  }));
  const primary = timeframes[1]?.series;
  if (!primary) throw new Error('the primary timeframe is among them');
  return { primary, timeframes, tickSize: 0.01 };
}

/** Milliseconds of each single call, sorted; the first round warms the compiler up and is not counted. */
function timeEach<Input>(inputs: readonly Input[], run: (input: Input) => unknown): number[] {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const input of inputs) {
      const startedAt = performance.now();
      run(input);
      if (round > 0) times.push(performance.now() - startedAt);
    }
  }
  return times.toSorted((left, right) => left - right);
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;

const deepInputs = Array.from({ length: SYMBOLS }, (_, seed) => deepInput(seed));
const quickInputs: readonly CandleSeries[] = deepInputs.map(({ primary }) =>
  sliceSeries(primary, -QUICK_CANDLES),
);

const deep = timeEach(deepInputs, computeDeepAnalysis);
const quick = timeEach(quickInputs, (series) => computeQuickAnalysis(series));

printTable(
  `Analysis CPU per symbol (${SYMBOLS} symbols, goal ≤ ${GOAL_MS} ms for the deep analysis)`,
  ['what', 'median ms', 'p95 ms', 'p99 ms'],
  [
    [`deep, ${TIMEFRAMES.length} timeframes × ${DEEP_CANDLES} candles`, deep] as const,
    [`quick, ${QUICK_CANDLES} candles`, quick] as const,
  ].map(([name, times]) => [
    name,
    median(times).toFixed(3),
    percentile(times, 0.95).toFixed(3),
    percentile(times, 0.99).toFixed(3),
  ]),
);
