import { type Clock, type ErrorCode, ScannerError } from '@fast-scanner/shared';
import type { Config } from '../config.ts';
import { createLimitedQueue } from '../jobs/limited-queue.ts';
import type { WorkQueue } from '../jobs/work-queue.ts';
import type { Governor } from '../market-data/governor/create-governor.ts';
import { describeState } from '../market-data/governor/governor-state.ts';
import type { MarketFeeds } from '../market-data/market-feed.ts';
import { createMarketFeeds } from '../market-data/market-feeds.ts';
import { openExchange } from '../open-exchange.ts';
import { systemClock } from '../ops/system-clock.ts';
import { createMarketService, type MarketDesk } from '../prices/create-market-service.ts';
import type { Analyst } from '../scanners/common/analyst.ts';
import { CandleKeeper } from '../scanners/common/candle-keeper.ts';
import { createWorkerAnalyst } from '../scanners/common/worker-analyst.ts';
import type { ModelTrainer } from '../scanners/models/model-trainer.ts';
import { createWorkerTrainer } from '../scanners/models/worker-trainer.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { createEventLog } from '../streams/create-event-log.ts';
import type { EventLog } from '../streams/event-log.ts';
import { createBlockStore } from './block-store.ts';
import type { EngineOverrides } from './engine-overrides.ts';

/** Is told why those who work on an exchange have to wait. */
export interface ExchangeReporter {
  reportExchange(exchange: string, code: ErrorCode, detail: string): void;
}

/** What all scanners stand on. */
export interface Workshop {
  readonly config: Config;
  readonly clock: Clock;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly feeds: MarketFeeds;
  readonly market: MarketDesk;
  readonly analyst: Analyst;
  readonly trainer: ModelTrainer;
  readonly keeper: CandleKeeper;
  readonly quickQueue: WorkQueue;
  readonly deepQueue: WorkQueue;
  readonly onNote: NonNullable<EngineOverrides['onNote']>;
  readonly onBug: EngineOverrides['onBug'];
  /** Whoever is added hears of every exchange that has to be waited for. */
  readonly reporters: Set<ExchangeReporter>;
}

/** Opens the store and makes the rest; nothing runs yet. @throws ScannerError `unavailable`, `disk_full` */
export async function openWorkshop(config: Config, overrides: EngineOverrides): Promise<Workshop> {
  const { clock = systemClock, onBug, onNote = () => undefined } = overrides;
  const store = overrides.store ?? (await openSqliteStore({ dataDir: config.dataDir, clock }));
  const reporters = new Set<ExchangeReporter>();
  const governors = new Map<string, Governor>();
  const feeds = overrides.feeds ?? createFeeds({ config, clock, store, governors, reporters });
  return {
    config,
    clock,
    store,
    eventLog: createEventLog(store, { onListenerError: onBug }),
    feeds,
    market: createMarketService({ feeds, clock, config, governors, onBug }),
    analyst: overrides.analyst ?? createWorkerAnalyst({ threads: config.deepAnalysisConcurrency }),
    trainer: overrides.trainer ?? createWorkerTrainer(),
    keeper: new CandleKeeper({ archive: store, clock, onError: unlessExpected(onBug) }),
    quickQueue: createLimitedQueue({ concurrency: config.quickScanConcurrency }),
    deepQueue: createLimitedQueue({ concurrency: config.deepAnalysisConcurrency }),
    onNote,
    onBug,
    reporters,
  };
}

interface FeedParts extends Pick<Workshop, 'config' | 'clock' | 'store' | 'reporters'> {
  readonly governors: Map<string, Governor>;
}

function createFeeds({ config, clock, store, governors, reporters }: FeedParts): MarketFeeds {
  const onExchangeState: Parameters<typeof openExchange>[1]['onExchangeState'] = (exchangeId, state) => {
    const blocked = describeState(state, clock.now());
    if (!blocked) return;
    const detail = `${exchangeId}: ${blocked.detail}`;
    for (const reporter of reporters) reporter.reportExchange(exchangeId, blocked.code, detail);
  };
  const parts = { config, clock, blocks: createBlockStore(store), governors, onExchangeState };
  return createMarketFeeds({
    exchangeIds: config.exchanges,
    defaultExchange: config.defaultExchange,
    open: (exchangeId) => openExchange(exchangeId, parts),
  });
}

/** Expected failures are no bugs: what depends on it says so itself. */
function unlessExpected(onBug: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof ScannerError)) onBug(error);
  };
}
