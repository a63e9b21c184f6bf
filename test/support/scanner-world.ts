import { createEngine, type Engine, type EngineOverrides } from '@fast-scanner/server/engine.ts';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createMarketFeeds } from '@fast-scanner/server/market-data/market-feeds.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import {
  type CandleSeries,
  candleOpenTime,
  TIMEFRAMES,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { randomSeries } from './random-series.ts';
import { RecordedSource } from './recorded-source.ts';
import { sharedAnalyst } from './shared-analyst.ts';
import { sharedTrainer } from './shared-trainer.ts';
import { testConfig } from './test-config.ts';

export interface ScannerWorldOptions extends Partial<EngineOverrides> {
  readonly dataDir: string;
  /** Default: ten generated ones. */
  readonly symbols?: readonly string[];
  /** Seed of each symbol's candles, by position. Default: 1, 2, 3 … */
  readonly seeds?: readonly number[];
  /** The candles instead of generated ones of every timeframe. */
  readonly series?: readonly CandleSeries[];
  readonly now?: () => number;
  readonly scheduleEnabled?: boolean;
  readonly predictionEnabled?: boolean;
}

export interface ScannerWorld {
  readonly engine: Engine;
  readonly source: RecordedSource;
  /** Errors that are no expected failure. */
  readonly bugs: unknown[];
}

/** A moment with no candle boundary near it. */
export const WORLD_NOW = Date.UTC(2026, 0, 7, 10, 20);

export const WORLD_SYMBOLS: readonly string[] = Array.from({ length: 10 }, (_, index) => `C${index}/USDT`);

/** A whole engine over candles in memory: real store, log, queues, feed and worker threads. Call `engine.open()` and `close()`. */
export async function createWorld(options: ScannerWorldOptions): Promise<ScannerWorld> {
  const {
    dataDir,
    symbols = WORLD_SYMBOLS,
    seeds = [],
    series = symbols.flatMap((symbol, index) => allTimeframes(symbol, seeds[index] ?? index + 1)),
    now = () => WORLD_NOW,
    scheduleEnabled = false,
    predictionEnabled = false,
    ...overrides
  } = options;
  const clock = overrides.clock ?? systemClock;
  const source = new RecordedSource({ series, now });
  const feeds = createMarketFeeds({
    exchangeIds: ['recorded'],
    defaultExchange: 'recorded',
    open: async () => createCandleFeed(source, { clock }),
  });
  const bugs: unknown[] = [];
  const settings = { universe: symbols, scanScheduleEnabled: scheduleEnabled, predictionEnabled };
  const config = testConfig({ dataDir, ...settings });
  const onBug = (error: unknown) => bugs.push(error);
  const workers = { analyst: sharedAnalyst(), trainer: sharedTrainer() };
  const engine = await createEngine(config, { feeds, ...workers, onBug, ...overrides });
  return { engine, source, bugs };
}

const generated = new Map<string, readonly CandleSeries[]>();

/** The same for all worlds: nobody changes them. */
function allTimeframes(symbol: string, seed: number): readonly CandleSeries[] {
  const key = `${symbol} ${seed}`;
  const series = generated.get(key) ?? TIMEFRAMES.map((timeframe) => generate(symbol, timeframe, seed));
  generated.set(key, series);
  return series;
}

function generate(symbol: string, timeframe: Timeframe, seed: number): CandleSeries {
  const newestOpenTime = candleOpenTime(WORLD_NOW, timeframe) + timeframeMs(timeframe) * 4;
  return randomSeries({ symbol, timeframe, count: 700, newestOpenTime, seed });
}
