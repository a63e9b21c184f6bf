import {
  ContinuousScanner,
  type ContinuousScannerOptions,
} from '../scanners/continuous/continuous-scanner.ts';
import { FastScanner } from '../scanners/fast-scanner/fast-scanner.ts';
import type { Backtester } from '../scanners/market-scan/backtester.ts';
import { MarketScans } from '../scanners/market-scan/market-scans.ts';
import { loadStrategies, StrategyBook } from '../scanners/market-scan/strategy-book.ts';
import { ModelBook } from '../scanners/models/model-book.ts';
import { ScanRuns } from '../scanners/scan-runs/scan-runs.ts';
import type { TrainingStore } from '../store/training/training-store.ts';
import type { EngineOverrides } from './engine-overrides.ts';
import type { Workshop } from './workshop.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;

/** What decides when what is analysed. */
export interface Scanners {
  readonly models: ModelBook;
  readonly scanner: FastScanner;
  readonly runs: ScanRuns;
  readonly marketScans: MarketScans;
  readonly continuous: ContinuousScanner;
}

export interface ScannerParts extends Pick<EngineOverrides, 'strategyFiles' | 'symbolDeadlineMs'> {
  readonly backtester: Backtester;
  readonly training: TrainingStore;
}

/** The scanners over one workshop. Nothing runs before they are opened. @throws what a strategy's file throws */
export async function createScanners(workshop: Workshop, parts: ScannerParts): Promise<Scanners> {
  const { config, quickQueue, market, reporters } = workshop;
  const { backtester, training, strategyFiles = [], symbolDeadlineMs } = parts;
  const models = new ModelBook({
    ...workshop,
    queue: quickQueue,
    universe: config.universe,
    enabled: config.predictionEnabled,
    onReady: ({ exchange }, timeframe) => scanner.fillPredictions(exchange, timeframe),
  });
  const shared = { ...workshop, models, ...(symbolDeadlineMs === undefined ? {} : { symbolDeadlineMs }) };
  const scanner = new FastScanner({
    ...shared,
    schedule: scheduleOf(workshop),
    universe: config.universe,
    retentionMs: config.scanRetentionHours * HOUR_MS,
  });
  const historyMs = config.runHistoryDays * DAY_MS;
  const runs = new ScanRuns({ ...shared, retentionMs: config.runRetentionMinutes * MINUTE_MS, historyMs });
  const marketScans = new MarketScans({
    ...workshop,
    backtester,
    strategies: new StrategyBook(await loadStrategies(strategyFiles)),
    retentionMs: config.scanRetentionHours * HOUR_MS,
    historyMs,
  });
  const continuous = new ContinuousScanner({
    ...workshop,
    queue: quickQueue,
    prices: market,
    training,
    universe: config.universe,
    autostart: config.continuousAutostart,
    fullScan: fullScanBy(scanner),
  });
  for (const reporter of [scanner, runs]) reporters.add(reporter);
  return { models, scanner, runs, marketScans, continuous };
}

/** Used until somebody changes the schedule. */
function scheduleOf({ config }: Workshop) {
  return {
    enabled: config.scanScheduleEnabled,
    intervalMinutes: config.scanIntervalMinutes,
    symbols: null,
    exchange: null,
    timeframe: config.scanTimeframe,
  };
}

/** A full scan of the continuous scanner is a scan like any other, without its second phase. */
function fullScanBy(scanner: FastScanner): ContinuousScannerOptions['fullScan'] {
  return async ({ exchange, symbols, timeframe }) => {
    const request = { exchange, symbols: [...symbols], timeframe, limit: symbols.length, analyze: false };
    await (await scanner.start(request, { trigger: 'scheduled' })).quickScan;
  };
}
