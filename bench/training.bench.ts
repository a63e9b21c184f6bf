/*
 * The first model of the simulated market, from the first scan to its predictions; and what a training in the background costs the scans
 * beside it: the same scans of 20 symbols without and with one, in turns.
 *   node --import tsx bench/training.bench.ts [--quick]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createEngine, type Engine } from '@fast-scanner/server/engine.ts';
import { createWorkerAnalyst } from '@fast-scanner/server/scanners/common/worker-analyst.ts';
import type { TrainingTask } from '@fast-scanner/server/scanners/models/model-trainer.ts';
import { createWorkerTrainer } from '@fast-scanner/server/scanners/models/worker-trainer.ts';
import { quickScanRequestSchema, type Timeframe } from '@fast-scanner/shared';
import { createMarket } from '../test/server/analysis/prediction/support/markets.ts';
import { builtServer } from '../test/support/built-server.ts';
import { testConfig } from '../test/support/test-config.ts';
import { median } from './support/measure.ts';
import { printTable } from './support/table.ts';

const ROUNDS = process.argv.includes('--quick') ? 2 : 6;
/** As many candles as a model of the default universe learns from. */
const TASK: TrainingTask = {
  series: createMarket({ seed: 1, symbols: 20, count: 2_000 }),
  timeframe: '1h',
  seed: 1,
};
const WARMUP: Timeframe = '2h';
const MEASURED: Timeframe = '1h';

const build = await builtServer();
const trainer = createWorkerTrainer({ entry: new URL('training-worker.js', build) });

interface ScanCost {
  readonly quickMs: number;
  readonly wholeMs: number;
  readonly delayP99Ms: number;
}

async function withEngine<Result>(
  predictionEnabled: boolean,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
  const analyst = createWorkerAnalyst({ threads: 2, entry: new URL('analysis-worker.js', build) });
  const config = testConfig({ dataDir, predictionEnabled });
  const engine = await createEngine(config, { analyst, trainer, onBug: (error) => console.error(error) });
  try {
    await engine.open();
    return await work(engine);
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true });
  }
}

async function scan({ scanner }: Engine, timeframe: Timeframe): Promise<ScanCost> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const startedAt = performance.now();
  const ended = new Promise<void>((resolve) => scanner.once('deepAnalysisComplete', () => resolve()));
  const { quickScan } = await scanner.start(quickScanRequestSchema.parse({ timeframe }));
  await quickScan;
  const quickMs = performance.now() - startedAt;
  await ended;
  delays.disable();
  return { quickMs, wholeMs: performance.now() - startedAt, delayP99Ms: delays.percentile(99) / 1e6 };
}

/** Trains again and again until it is stopped. */
function startTraining(): () => Promise<void> {
  const stop = new AbortController();
  const train = async () => {
    while (!stop.signal.aborted) await trainer.train(TASK, stop.signal).catch(() => undefined); // stopped
  };
  const training = train();
  return async () => {
    stop.abort(new Error('enough'));
    await training;
  };
}

async function measureScan(isTraining: boolean): Promise<ScanCost> {
  return withEngine(false, async (engine) => {
    await scan(engine, WARMUP);
    const stopTraining = isTraining ? startTraining() : async () => undefined;
    const cost = await scan(engine, MEASURED);
    await stopTraining();
    return cost;
  });
}

/** Milliseconds from the start of the first scan to its end, and to its predictions. */
async function measureFirstModel(): Promise<readonly [number, number]> {
  return withEngine(true, async (engine) => {
    const startedAt = performance.now();
    const filled = new Promise<void>((resolve) => engine.scanner.once('predictionsReady', () => resolve()));
    const { wholeMs } = await scan(engine, MEASURED);
    await filled;
    return [wholeMs, performance.now() - startedAt];
  });
}

/** While the engine waits for a quiet moment nothing else keeps the process alive. */
const alive = setInterval(() => undefined, 1_000);
const costs = { without: [] as ScanCost[], with: [] as ScanCost[] };
for (let round = 0; round < ROUNDS; round += 1) {
  costs.without.push(await measureScan(false));
  costs.with.push(await measureScan(true));
}
const [scanMs, filledMs] = await measureFirstModel();
const { json, trainingMs, report } = await trainer.train(TASK, new AbortController().signal);

clearInterval(alive);

const cells = (all: readonly ScanCost[]) =>
  (['quickMs', 'wholeMs', 'delayP99Ms'] as const).map((name) =>
    median(all.map((cost) => cost[name])).toFixed(0),
  );
printTable(
  `A scan of 20 symbols beside a training (medians of ${ROUNDS}, ms)`,
  ['', 'phase 1', 'both phases', 'event loop p99'],
  [
    ['no training', ...cells(costs.without)],
    ['training', ...cells(costs.with)],
  ],
);
console.log(
  `\nFirst model of the simulated market, 20 symbols: scan ended after ${(scanMs / 1000).toFixed(1)} s, predictions filled in after ${(filledMs / 1000).toFixed(1)} s (3 s of them are quiet)`,
);
console.log(
  `Learning from ${report.samples} samples: ${(trainingMs / 1000).toFixed(1)} s; the model is ${(json.length / 1024).toFixed(0)} kB (${report.chosen})`,
);
