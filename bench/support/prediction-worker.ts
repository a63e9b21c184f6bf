import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import {
  type TrainingInput,
  type TrainingResult,
  trainPredictionModel,
} from '@fast-scanner/server/analysis/prediction/train-prediction-model.ts';

export interface TrainingMeasurement {
  readonly result: TrainingResult;
  readonly seconds: number;
  /** Processor time of the whole process meanwhile, which has nothing else to do. */
  readonly cpuSeconds: number;
  /** Resident memory the process gained, MB: features, bins and garbage not yet collected. */
  readonly grownMb: number;
}

const input: TrainingInput = workerData; // structured clone of what the bench passes
const rssBefore = process.memoryUsage.rss();
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const result = trainPredictionModel(input);
const seconds = (performance.now() - startedAt) / 1_000;
const cpu = process.cpuUsage(cpuBefore);
const measurement: TrainingMeasurement = {
  result,
  seconds,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  grownMb: (process.memoryUsage.rss() - rssBefore) / 2 ** 20,
};
parentPort?.postMessage(measurement);
