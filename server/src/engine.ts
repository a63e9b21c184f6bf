import { join } from 'node:path';
import { type Clock, ScannerError } from '@fast-scanner/shared';
import type { Config } from './config.ts';
import { createLimitedQueue } from './jobs/limited-queue.ts';
import type { BlockStore } from './market-data/governor/block-store.ts';
import type { Governor } from './market-data/governor/create-governor.ts';
import { describeState, type GovernorState } from './market-data/governor/governor-state.ts';
import type { MarketFeeds } from './market-data/market-feed.ts';
import { createMarketFeeds } from './market-data/market-feeds.ts';
import { openExchange } from './open-exchange.ts';
import { systemClock } from './ops/system-clock.ts';
import { createMarketService } from './prices/create-market-service.ts';
import type { MarketService } from './prices/market-service.ts';
import type { Analyst } from './scanners/common/analyst.ts';
import { CandleKeeper } from './scanners/common/candle-keeper.ts';
import { createWorkerAnalyst } from './scanners/common/worker-analyst.ts';
import { ContinuousScanner } from './scanners/continuous/continuous-scanner.ts';
import { FastScanner } from './scanners/fast-scanner/fast-scanner.ts';
import type { Backtester } from './scanners/market-scan/backtester.ts';
import { MarketScans } from './scanners/market-scan/market-scans.ts';
import { loadStrategies, StrategyBook } from './scanners/market-scan/strategy-book.ts';
import { createWorkerBacktester } from './scanners/market-scan/worker-backtester.ts';
import { createModelLearner } from './scanners/models/create-model-learner.ts';
import { ModelBook } from './scanners/models/model-book.ts';
import type { ModelTrainer } from './scanners/models/model-trainer.ts';
import { createWorkerTrainer } from './scanners/models/worker-trainer.ts';
import { Outcomes } from './scanners/outcomes/outcomes.ts';
import { SignalReplayer } from './scanners/outcomes/signal-replayer.ts';
import { StoredWindows } from './scanners/outcomes/stored-windows.ts';
import { HistoryReplayer } from './scanners/replay/history-replayer.ts';
import { ScanRuns } from './scanners/scan-runs/scan-runs.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { Store } from './store/store.ts';
import { createLazyTrainingStore } from './store/training/lazy-training-store.ts';
import { openTrainingStore } from './store/training/open-training-store.ts';
import type { TrainingStore } from './store/training/training-store.ts';
import { createEventLog } from './streams/create-event-log.ts';
import type { EventLog } from './streams/event-log.ts';
import { Webhooks } from './webhooks/webhooks.ts';

/** Parts a caller may bring along instead of the usual ones. */
export interface EngineOverrides {
  readonly clock?: Clock;
  readonly store?: Store;
  readonly feeds?: MarketFeeds;
  readonly analyst?: Analyst;
  readonly backtester?: Backtester;
  readonly trainer?: ModelTrainer;
  /** Files of the operator's own strategies. They run with all rights of the process. */
  readonly strategyFiles?: readonly string[];
  readonly symbolDeadlineMs?: number;
  /** Whether `open` takes up what the last process left unfinished, and starts the schedule and the upkeep. Default true. */
  readonly resumesWork?: boolean;
  /** Hears what is done in the background, for the log. Default: nobody does. */
  readonly onNote?: (text: string, details: Readonly<Record<string, unknown>>) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Everything but the windows: market data, scanners, log and store. */
export interface Engine {
  readonly scanner: FastScanner;
  readonly runs: ScanRuns;
  readonly marketScans: MarketScans;
  readonly continuous: ContinuousScanner;
  readonly outcomes: Outcomes;
  readonly replayer: HistoryReplayer;
  readonly webhooks: Webhooks;
  readonly models: ModelBook;
  readonly training: TrainingStore;
  readonly market: MarketService;
  readonly keeper: CandleKeeper;
  readonly feeds: MarketFeeds;
  readonly eventLog: EventLog;
  readonly store: Store;
  readonly clock: Clock;
  /** Resumes unfinished work, and starts the schedule and the upkeep. */
  open(): Promise<void>;
  /** Stops work, then closes what it stood on. Idempotent. */
  close(): Promise<void>;
}

/** Wires the engine. Only the store is opened; nothing runs before `open`. */
export async function createEngine(config: Config, overrides: EngineOverrides): Promise<Engine> {
  const { clock = systemClock, onBug } = overrides;
  const store = overrides.store ?? (await openSqliteStore({ dataDir: config.dataDir, clock }));
  const eventLog = createEventLog(store, { onListenerError: onBug });
  const onExchangeState = (exchangeId: string, state: GovernorState) => {
    const blocked = describeState(state, clock.now());
    if (!blocked) return;
    for (const one of [scanner, runs])
      one.reportExchange(exchangeId, blocked.code, `${exchangeId}: ${blocked.detail}`);
  };
  const governors = new Map<string, Governor>();
  const parts = { config, clock, blocks: createBlockStore(store), governors, onExchangeState };
  const feeds =
    overrides.feeds ??
    createMarketFeeds({
      exchangeIds: config.exchanges,
      defaultExchange: config.defaultExchange,
      open: (exchangeId) => openExchange(exchangeId, parts),
    });
  const analyst = overrides.analyst ?? createWorkerAnalyst({ threads: config.deepAnalysisConcurrency });
  const strategyFiles = overrides.strategyFiles ?? [];
  const backtester =
    overrides.backtester ??
    createWorkerBacktester({ threads: config.deepAnalysisConcurrency, strategyFiles });
  const quickQueue = createLimitedQueue({ concurrency: config.quickScanConcurrency });
  const deepQueue = createLimitedQueue({ concurrency: config.deepAnalysisConcurrency });
  const trainer = overrides.trainer ?? createWorkerTrainer();
  const models = new ModelBook({
    feeds,
    store,
    clock,
    trainer,
    queue: quickQueue,
    universe: config.universe,
    enabled: config.predictionEnabled,
    onReady: ({ exchange }, timeframe) => scanner.fillPredictions(exchange, timeframe),
    onNote: overrides.onNote ?? (() => undefined),
    onBug,
  });
  const keeper = new CandleKeeper({ archive: store, clock, onError: reportBug(onBug) });
  const workshop = { feeds, store, eventLog, clock, analyst, models, keeper, quickQueue, deepQueue, onBug };
  const deadline =
    overrides.symbolDeadlineMs === undefined ? {} : { symbolDeadlineMs: overrides.symbolDeadlineMs };
  const scanner = new FastScanner({
    ...workshop,
    ...deadline,
    schedule: {
      enabled: config.scanScheduleEnabled,
      intervalMinutes: config.scanIntervalMinutes,
      symbols: null,
      exchange: null,
      timeframe: config.scanTimeframe,
    },
    universe: config.universe,
    retentionMs: config.scanRetentionHours * 3_600_000,
  });
  const runs = new ScanRuns({
    ...workshop,
    ...deadline,
    retentionMs: config.runRetentionMinutes * 60_000,
    historyMs: config.runHistoryDays * 86_400_000,
  });
  const marketScans = new MarketScans({
    ...workshop,
    backtester,
    strategies: new StrategyBook(await loadStrategies(strategyFiles)),
    retentionMs: config.scanRetentionHours * 3_600_000,
    historyMs: config.runHistoryDays * 86_400_000,
  });
  const market = createMarketService({ feeds, clock, config, governors, onBug });
  const training = createLazyTrainingStore(() =>
    openTrainingStore({
      folder: join(config.dataDir, 'training_data'),
      clock,
      retentionDays: config.trainingRetentionDays,
      onIncident: onBug,
    }),
  );
  const continuous = new ContinuousScanner({
    ...workshop,
    queue: quickQueue,
    prices: market,
    training,
    universe: config.universe,
    autostart: config.continuousAutostart,
    fullScan: async ({ exchange, symbols, timeframe }) => {
      const request = { exchange, symbols: [...symbols], timeframe, limit: symbols.length, analyze: false };
      await (await scanner.start(request, { trigger: 'scheduled' })).quickScan;
    },
  });
  const outcomes = new Outcomes({
    store,
    feeds,
    clock,
    queue: quickQueue,
    replayer: new SignalReplayer({ windows: new StoredWindows({ archive: store, feeds }), clock }),
    historyMs: config.signalHistoryDays * 86_400_000,
    candleMs: config.signalCandleDays * 86_400_000,
    onNote: overrides.onNote ?? (() => undefined),
    onBug,
  });
  const replayer = new HistoryReplayer({
    store,
    clock,
    filesDir: config.filesDir,
    filesAsOf: config.filesAsOf,
    universe: config.universe,
    threads: config.deepAnalysisConcurrency,
    learner: createModelLearner(trainer),
  });
  const webhooks = new Webhooks({
    store,
    eventLog,
    clock,
    allowPrivate: config.webhookAllowPrivate,
    ruleIds: async () => (await scanner.alertRules()).rules.map(({ id }) => id),
    onBug,
  });
  const close = async () => {
    const scanners = [scanner.close(), runs.close(), marketScans.close(), continuous.close()];
    await Promise.all([...scanners, models.close(), outcomes.close()]);
    await Promise.all([market.close(), webhooks.close()]);
    await Promise.all([quickQueue.close(), deepQueue.close()]);
    await Promise.all([analyst.close(), backtester.close(), trainer.close()]);
    await Promise.all([feeds.close(), training.close()]);
    await keeper.close();
    await store.close();
  };
  let closing: Promise<void> | null = null;
  return {
    scanner,
    runs,
    marketScans,
    continuous,
    outcomes,
    replayer,
    webhooks,
    models,
    training,
    market,
    keeper,
    feeds,
    eventLog,
    store,
    clock,
    open: async () => {
      if (overrides.resumesWork === false) return;
      keeper.start();
      models.open();
      outcomes.open();
      await Promise.all([scanner.open(), runs.open(), marketScans.open(), continuous.open()]);
      await webhooks.open();
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Expected failures are no bugs: what depends on it says so itself. */
function reportBug(onBug: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof ScannerError)) onBug(error);
  };
}

function createBlockStore(store: Store): BlockStore {
  const keyOf = (exchangeId: string) => `exchange.${exchangeId}.blocked-until`;
  return {
    load: async (exchangeId) => (await store.getSetting(keyOf(exchangeId))) as number | null, // written by save alone
    save: async (exchangeId, untilEpochMs) => {
      await store.commit({ putSettings: { [keyOf(exchangeId)]: untilEpochMs } });
    },
  };
}
