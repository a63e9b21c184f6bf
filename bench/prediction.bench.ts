/*
 * Training of the prediction in a worker thread: seconds, memory, and what was found out of sample, logistic regression against
 * trees; and the time of one prediction. Recorded candles where they are, random walks and a planted effect always.
 *   node --import tsx bench/prediction.bench.ts [--quick]
 */
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { predict } from '@fast-scanner/server/analysis/prediction/predict.ts';
import type { PredictionModel } from '@fast-scanner/server/analysis/prediction/prediction-model.ts';
import type { TrainingInput } from '@fast-scanner/server/analysis/prediction/train-prediction-model.ts';
import { type CandleSeries, sliceSeries, type Timeframe } from '@fast-scanner/shared';
import { createMarket } from '../test/server/analysis/prediction/support/markets.ts';
import type { TrainingMeasurement } from './support/prediction-worker.ts';
import { readRecordedCrypto } from './support/recorded-crypto.ts';
import { printTable } from './support/table.ts';

const GOAL_SECONDS = 20;
const QUICK = process.argv.includes('--quick');
const SYNTHETIC = QUICK ? { symbols: 8, count: 1_500 } : { symbols: 48, count: 5_976 };
const RECORDED_TIMEFRAMES: readonly Timeframe[] = QUICK ? ['1h'] : ['1h', '15m', '4h', '1d'];
const PREDICTED_CANDLES = 500;
/** `--import tsx` alone does nothing in the threads of Node 20. */
const TYPESCRIPT = `data:text/javascript,import { register } from '${import.meta.resolve('tsx/esm/api')}'; register();`;

interface Dataset {
  readonly name: string;
  readonly timeframe: Timeframe;
  readonly series: readonly CandleSeries[];
}

interface Trained extends Dataset, TrainingMeasurement {}

function datasets(): Dataset[] {
  const recorded = RECORDED_TIMEFRAMES.flatMap((timeframe) => {
    const series = readRecordedCrypto(timeframe);
    return series ? [{ name: `recorded ${timeframe}`, timeframe, series }] : [];
  });
  if (recorded.length === 0) console.log('recorded candles: skipped: not there');
  return [
    ...recorded,
    { name: 'random walks', timeframe: '1h', series: createMarket({ seed: 1, ...SYNTHETIC }) },
    {
      name: 'planted drift 0.1 σ',
      timeframe: '1h',
      series: createMarket({ seed: 1, ...SYNTHETIC, drift: 0.1 }),
    },
  ];
}

/** One training in a thread of its own, one after the other. */
async function train(dataset: Dataset): Promise<Trained> {
  const { series, timeframe } = dataset;
  const input: TrainingInput = { series, timeframe, seed: 1 };
  const worker = new Worker(new URL('./support/prediction-worker.ts', import.meta.url), {
    workerData: input,
    execArgv: ['--import', TYPESCRIPT],
  });
  const measurement = await new Promise<TrainingMeasurement>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  return { ...dataset, ...measurement };
}

function costRow({ name, series, seconds, cpuSeconds, grownMb, result }: Trained): string[] {
  const candles = series.reduce((sum, { length }) => sum + length, 0);
  return [
    name,
    String(series.length),
    String(candles),
    result.report ? String(result.report.samples) : '–',
    seconds.toFixed(2),
    cpuSeconds.toFixed(2),
    grownMb.toFixed(0),
  ];
}

function findingRows({ name, result }: Trained): string[][] {
  if (result.model === null) return [[`${name}: no model, ${result.reason}`]];
  const { report } = result;
  return report.families.map(({ family, brier, baselineBrier, brierSkill, skillInterval, auc }) => [
    name,
    family,
    brier.toFixed(5),
    baselineBrier.toFixed(5),
    percent(brierSkill),
    skillInterval ? `${percent(skillInterval.low)} to ${percent(skillInterval.high)}` : 'too short',
    auc.toFixed(3),
    family === report.chosen ? (report.edge ? 'chosen: edge' : 'chosen: no edge') : '',
  ]);
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** Mean time of a prediction with everything it reads, in µs. */
function timePrediction(model: PredictionModel, series: readonly CandleSeries[]): number {
  const newest = series.map((one) => sliceSeries(one, -PREDICTED_CANDLES));
  const rounds = Math.ceil(1_000 / newest.length);
  let startedAt = 0;
  for (let round = -rounds; round < rounds; round += 1) {
    if (round === 0) startedAt = performance.now();
    for (const one of newest) predict(model, one);
  }
  return ((performance.now() - startedAt) * 1_000) / (rounds * newest.length);
}

const trained: Trained[] = [];
for (const dataset of datasets()) trained.push(await train(dataset));

printTable(
  `Training in a worker (goal < ${GOAL_SECONDS} s for 48 symbols × 5,976 hourly candles)`,
  ['candles of', 'symbols', 'candles', 'samples', 'seconds', 'CPU s', 'MB more'],
  trained.map(costRow),
);
printTable(
  'Out of sample: Brier score of both families and of the base rate, skill with its 99 % confidence, AUC',
  ['candles of', 'family', 'Brier', 'base rate', 'skill', 'confidence', 'AUC', ''],
  trained.flatMap(findingRows),
);
const [first] = trained.filter(({ result }) => result.model !== null);
if (first?.result.model) {
  const microseconds = timePrediction(first.result.model, first.series);
  console.log(
    `\nOne prediction from ${PREDICTED_CANDLES} candles: ${microseconds.toFixed(0)} µs (${first.name})`,
  );
}
