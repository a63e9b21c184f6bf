import { join } from 'node:path';
import type { Config } from './config.ts';
import { createFollowers, type Followers } from './engine/create-followers.ts';
import { createScanners, type Scanners } from './engine/create-scanners.ts';
import type { EngineOverrides } from './engine/engine-overrides.ts';
import { openWorkshop, type Workshop } from './engine/workshop.ts';
import type { Backtester } from './scanners/market-scan/backtester.ts';
import { createWorkerBacktester } from './scanners/market-scan/worker-backtester.ts';
import { createLazyTrainingStore } from './store/training/lazy-training-store.ts';
import { openTrainingStore } from './store/training/open-training-store.ts';
import type { TrainingStore } from './store/training/training-store.ts';

export type { EngineOverrides };

/** Everything but the windows: market data, scanners, log and store. */
export interface Engine
  extends Scanners,
    Followers,
    Pick<Workshop, 'market' | 'keeper' | 'feeds' | 'eventLog' | 'store' | 'clock'> {
  readonly training: TrainingStore;
  /** Resumes unfinished work, and starts the schedule and the upkeep. */
  open(): Promise<void>;
  /** Stops work, then closes what it stood on. Idempotent. */
  close(): Promise<void>;
}

/** Wires the engine. Only the store is opened; nothing runs before `open`. */
export async function createEngine(config: Config, overrides: EngineOverrides): Promise<Engine> {
  const workshop = await openWorkshop(config, overrides);
  const backtester = overrides.backtester ?? createBacktester(config, overrides);
  const training = createTraining(workshop);
  const scanners = await createScanners(workshop, { ...overrides, backtester, training });
  const followers = createFollowers(workshop, scanners);
  const parts = { ...workshop, ...scanners, ...followers, backtester, training };
  let closing: Promise<void> | null = null;
  const { market, keeper, feeds, eventLog, store, clock } = workshop;
  return {
    ...scanners,
    ...followers,
    ...{ market, keeper, feeds, eventLog, store, clock, training },
    open: async () => {
      if (overrides.resumesWork !== false) await openAll(parts);
    },
    close: () => {
      closing ??= closeAll(parts);
      return closing;
    },
  };
}

interface EngineParts extends Workshop, Scanners, Followers {
  readonly backtester: Backtester;
  readonly training: TrainingStore;
}

async function openAll(parts: EngineParts): Promise<void> {
  const { keeper, models, outcomes, scanner, runs, marketScans, continuous, webhooks } = parts;
  keeper.start();
  models.open();
  outcomes.open();
  await Promise.all([scanner.open(), runs.open(), marketScans.open(), continuous.open()]);
  await webhooks.open();
}

/** Whoever works first, then what it works with, the store last. */
async function closeAll(parts: EngineParts): Promise<void> {
  const { scanner, runs, marketScans, continuous, models, outcomes, market, webhooks } = parts;
  const { quickQueue, deepQueue, analyst, backtester, trainer, feeds, training, keeper, store } = parts;
  const stages = [
    [scanner, runs, marketScans, continuous, models, outcomes],
    [market, webhooks],
    [quickQueue, deepQueue],
    [analyst, backtester, trainer],
    [feeds, training],
    [keeper],
    [store],
  ];
  for (const stage of stages) await Promise.all(stage.map((part) => part.close()));
}

function createBacktester(
  { deepAnalysisConcurrency: threads }: Config,
  { strategyFiles = [] }: EngineOverrides,
) {
  return createWorkerBacktester({ threads, strategyFiles });
}

/** Opened when the first data are collected or asked for. */
function createTraining({ config, clock, onBug }: Workshop): TrainingStore {
  return createLazyTrainingStore(() =>
    openTrainingStore({
      folder: join(config.dataDir, 'training_data'),
      clock,
      retentionDays: config.trainingRetentionDays,
      onIncident: onBug,
    }),
  );
}
