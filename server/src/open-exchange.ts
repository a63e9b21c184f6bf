import { join } from 'node:path';
import { type Clock, ScannerError } from '@fast-scanner/shared';
import type { Config } from './config.ts';
import { createCandleFeed } from './market-data/candle-feed.ts';
import { createCcxtMarketData } from './market-data/ccxt/ccxt-market-data.ts';
import { createDemoMarketData } from './market-data/demo/demo-market-data.ts';
import { createFilesMarketData } from './market-data/files/files-market-data.ts';
import type { BlockStore } from './market-data/governor/block-store.ts';
import { createGovernor, type Governor } from './market-data/governor/create-governor.ts';
import { governSource } from './market-data/governor/govern-source.ts';
import type { GovernorState } from './market-data/governor/governor-state.ts';
import { requestBudgetOf } from './market-data/governor/request-budgets.ts';
import type { MarketDataSource } from './market-data/market-data-source.ts';
import type { MarketFeed } from './market-data/market-feed.ts';
import { createYahooMarketData } from './market-data/yahoo/yahoo-market-data.ts';

export interface OpenExchangeOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Where bans are remembered across restarts. */
  readonly blocks: BlockStore;
  /** Receives the governor of each live exchange as it is opened. */
  readonly governors: Map<string, Governor>;
  readonly onExchangeState: (exchangeId: string, state: GovernorState) => void;
}

/** A block that lasts longer fails its symbols at once, with the reason, before their deadline would without one. */
const BLOCK_PATIENCE_MS = 25_000;

/** Enough for the requests of many clients that watch the same clock to meet. */
const TICKER_GATHER_MS = 50;

/** The feed of an exchange: its source, under the request governor when it is somebody else's server, behind the candle cache. */
export async function openExchange(exchangeId: string, options: OpenExchangeOptions): Promise<MarketFeed> {
  const { clock } = options;
  const source = await openSource(exchangeId, options);
  return createCandleFeed(source, { clock, tickerGatherMs: TICKER_GATHER_MS });
}

async function openSource(exchangeId: string, options: OpenExchangeOptions): Promise<MarketDataSource> {
  const { config, clock } = options;
  switch (exchangeId) {
    case 'demo':
      return createDemoMarketData({ seed: config.demoSeed, latencyMs: config.demoLatencyMs, clock });
    case 'files':
      return openFiles(options);
    case 'yahoo':
      return openYahoo(options);
    default:
      return openLive(exchangeId, options);
  }
}

function openFiles({ config, clock }: OpenExchangeOptions): Promise<MarketDataSource> {
  if (config.filesDir === null) {
    throw new ScannerError(
      'exchange_unavailable',
      'the exchange "files" needs FILES_DIR, the folder with the recorded candles',
    );
  }
  return createFilesMarketData({
    directory: config.filesDir,
    asOf: config.filesAsOf,
    speed: config.filesSpeed,
    clock,
  });
}

function openLive(exchangeId: string, options: OpenExchangeOptions): MarketDataSource {
  const { config, clock } = options;
  const { maxRequestsPerSecond: _ours, ...constructorOptions } = config.exchangeOptions[exchangeId] ?? {};
  const governor = openGovernor(exchangeId, options);
  return governSource(createCcxtMarketData({ exchangeId, options: constructorOptions, clock }), governor);
}

/** Only what is asked of Yahoo itself is governed: most candles come from the disk. */
function openYahoo(options: OpenExchangeOptions): MarketDataSource {
  const { config, clock } = options;
  const url = config.exchangeOptions['yahoo']?.['url'] ?? null;
  if (url !== null && (typeof url !== 'string' || !URL.canParse(url))) {
    throw new ScannerError(
      'exchange_unavailable',
      'EXCHANGE_OPTIONS: "url" of yahoo must be a URL such as https://gateway.example',
    );
  }
  const governor = openGovernor('yahoo', options);
  return createYahooMarketData({
    clock,
    cacheDir: join(config.dataDir, 'yahoo'),
    baseUrl: url,
    run: (work, signal) => governor.run(work, signal),
  });
}

function openGovernor(
  exchangeId: string,
  { config, clock, blocks, governors, onExchangeState }: OpenExchangeOptions,
): Governor {
  const { maxRequestsPerSecond } = config.exchangeOptions[exchangeId] ?? {};
  const governor = createGovernor({
    exchangeId,
    clock,
    patienceMs: BLOCK_PATIENCE_MS,
    maxConcurrency: config.quickScanConcurrency + config.deepAnalysisConcurrency,
    blocks,
    maxRequestsPerSecond: requestBudgetOf(exchangeId, maxRequestsPerSecond),
    onStateChange: (state) => onExchangeState(exchangeId, state),
  });
  governors.set(exchangeId, governor);
  return governor;
}
