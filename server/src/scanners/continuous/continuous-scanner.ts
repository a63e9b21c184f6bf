import {
  type Clock,
  type CONTINUOUS_STREAMS,
  type ConfluenceQuery,
  type ContinuousConfig,
  type ContinuousSignal,
  type ContinuousSignalsQuery,
  type ContinuousSignalsResponse,
  type ContinuousStatusResponse,
  type DataSource,
  type MarketState,
  type MarketStateResponse,
  ScannerError,
  type StartContinuousRequest,
  type StartContinuousResponse,
  type StopContinuousResponse,
  type StreamStates,
  startContinuousRequestSchema,
  type TimeframeConfluenceResponse,
  type TrainingDataQuery,
  type TrainingDataResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import { computeTimeframeConfluence } from '../../analysis/continuous/timeframe-confluence.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeed, MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store } from '../../store/store.ts';
import type { TrainingStore } from '../../store/training/training-store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { closedError } from '../common/closed-error.ts';
import { trimTopic } from '../common/trim-topic.ts';
import { resolveUniverse } from '../common/universe.ts';
import type { FullScan, PriceSource } from './continuous-ports.ts';
import { ContinuousRun } from './continuous-run.ts';
import { CONTINUOUS_TOPIC_STREAM, type ContinuousService, type TrainingFile } from './continuous-service.ts';
import { type FollowedSymbol, followSymbol } from './followed-symbol.ts';
import { SignalBook } from './signal-book.ts';
import { SignalLabeller } from './signal-labeller.ts';
import { ToldCandles } from './told-candles.ts';
import { readTrainingData, readTrainingFile } from './training-answers.ts';
import { TrainingFeed } from './training-feed.ts';

export interface ContinuousScannerOptions {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  /** Where reading a series waits its turn. */
  readonly queue: WorkQueue;
  readonly prices: PriceSource;
  readonly fullScan: FullScan;
  readonly training: TrainingStore;
  /** `UNIVERSE` of the configuration. */
  readonly universe: readonly string[] | null;
  /** Whether it starts by itself when it was never started or stopped. */
  readonly autostart: boolean;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** What is remembered of a scanner that runs. */
interface StoredRun {
  readonly request: StartContinuousRequest;
  /** By exchange. */
  readonly symbols: Readonly<Record<string, readonly string[]>>;
  readonly startedAt: number;
}

interface ActiveRun {
  readonly stored: StoredRun;
  readonly symbols: readonly FollowedSymbol[];
  readonly run: ContinuousRun;
}

/** The setting in which a running scanner is remembered; `false` once it was stopped. */
const SETTING = 'continuous';
/** Symbols of the default universe, per exchange. */
const DEFAULT_SYMBOLS = 20;
/** Events read back at the start, so that lists do not begin empty. */
const REMEMBERED_EVENTS = 2_000;
const PAGE = 500;
const TRIM_EVERY = 500;

/** Follows symbols on several timeframes until it is stopped, also across restarts of the process. */
export class ContinuousScanner implements ContinuousService {
  readonly #options: ContinuousScannerOptions;
  readonly #book = new SignalBook();
  readonly #told: ToldCandles;
  #active: ActiveRun | null = null;
  #marketState: MarketState | null = null;
  /** One start or stop at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  #states = 0;
  /** Whether the signals of earlier processes have been read. */
  #isRemembered = false;

  constructor(options: ContinuousScannerOptions) {
    this.#options = options;
    this.#told = new ToldCandles(options.store);
  }

  /** Goes on when it was running; starts by itself when the configuration says so and nobody has stopped it. */
  async open(): Promise<void> {
    await this.#remember();
    const stored = (await this.#options.store.getSetting(SETTING)) as StoredRun | false | null; // written here alone
    if (stored) await this.#inTurn(() => this.#run(stored));
    else if (stored === null && this.#options.autostart)
      await this.start(startContinuousRequestSchema.parse({}));
  }

  /** Stops the loops; a scanner that runs goes on at the next start. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turn.catch(() => undefined);
    await this.#active?.run.stop();
    this.#active = null;
  }

  start(request: StartContinuousRequest): Promise<StartContinuousResponse> {
    return this.#inTurn(async () => {
      if (this.#active)
        throw new ScannerError('conflict', 'the continuous scanner runs already; stop it first');
      const stored = await this.#resolve(request);
      await this.#remember(); // one that is started without having been opened begins with a list, too
      await this.#options.store.commit({ putSettings: { [SETTING]: stored } });
      const active = await this.#run(stored);
      await this.#tell('started', active);
      const { symbols, sources } = describe(active);
      return {
        success: true,
        running: true,
        started_at: toIsoTime(stored.startedAt),
        symbols,
        data_sources: sources,
        config: request.config,
        message: `following ${active.symbols.length} symbols on ${Object.values(request.config.timeframes).join(', ')}`,
      };
    });
  }

  stop(): Promise<StopContinuousResponse> {
    return this.#inTurn(async () => {
      const active = this.#active;
      await this.#options.store.commit({ putSettings: { [SETTING]: false } });
      if (!active) return { success: true, running: false, uptime_s: null, message: 'it was not running' };
      await active.run.stop();
      this.#active = null;
      await this.#tell('stopped', active);
      const uptime_s = this.#uptime(active);
      return { success: true, running: false, uptime_s, message: 'the continuous scanner was stopped' };
    });
  }

  async status(): Promise<ContinuousStatusResponse> {
    const active = this.#active;
    const { symbols, sources } = describe(active);
    return {
      success: true,
      running: active !== null,
      market_state: this.#marketState,
      buffer_stats: {
        ticks: active?.run.ticks ?? 0,
        candles: active?.run.candles ?? 0,
        signals: this.#book.size,
      },
      streams: active?.run.streams ?? idleStreams(),
      uptime_s: active && this.#uptime(active),
      started_at: active && toIsoTime(active.stored.startedAt),
      symbols,
      data_sources: sources,
      config: active?.stored.request.config ?? startContinuousRequestSchema.parse({}).config,
    };
  }

  async signals(query: ContinuousSignalsQuery): Promise<ContinuousSignalsResponse> {
    const signals = this.#book.list(query);
    const { sources } = describe(this.#active);
    return {
      success: true,
      signals,
      count: signals.length,
      timestamp: this.#timestamp(),
      data_sources: sources,
    };
  }

  async confluence(symbol: string, query: ConfluenceQuery): Promise<TimeframeConfluenceResponse> {
    const { feeds } = this.#options;
    const [first] = describe(this.#active).sources;
    const exchange = query.exchange ?? first?.exchange ?? feeds.defaultExchange;
    const styles = this.#book.styles(exchange, symbol);
    if (Object.keys(styles).length === 0) {
      throw new ScannerError('not_found', `${symbol} has no continuous signal on ${exchange} yet`);
    }
    const { dataSource } = await feeds.get(exchange);
    const confluence = computeTimeframeConfluence(styles, { symbol, minScore: query.min_score });
    return { success: true, ...confluence, data_source: dataSource, timestamp: this.#timestamp() };
  }

  async marketState(): Promise<MarketStateResponse> {
    if (!this.#marketState)
      throw new ScannerError('not_found', 'the market has not been read yet; start the continuous scanner');
    return { success: true, ...this.#marketState, data_sources: describe(this.#active).sources };
  }

  trainingData(symbol: string, query: TrainingDataQuery): Promise<TrainingDataResponse> {
    return readTrainingData(this.#options, symbol, query);
  }

  trainingFile(symbol: string, query: TrainingDataQuery): Promise<TrainingFile> {
    return readTrainingFile(this.#options, symbol, query);
  }

  /** Starts and stops one after the other. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn
      .catch(() => undefined)
      .then(() => {
        if (this.#isClosed) throw closedError();
        return work();
      });
    this.#turn = turn;
    return turn;
  }

  async #resolve(request: StartContinuousRequest): Promise<StoredRun> {
    const { feeds, clock } = this.#options;
    const exchanges = [...new Set(request.exchanges ?? [feeds.defaultExchange])];
    const symbols: Record<string, readonly string[]> = {};
    for (const exchange of exchanges)
      symbols[exchange] = await this.#symbolsOf(await feeds.get(exchange), request);
    return { request, symbols, startedAt: clock.now() };
  }

  async #symbolsOf(feed: MarketFeed, { symbols }: StartContinuousRequest): Promise<readonly string[]> {
    if (symbols) return [...new Set(symbols)];
    const { universe: configured } = this.#options;
    const limit = configured?.length ?? DEFAULT_SYMBOLS;
    return resolveUniverse(feed, { configured, limit, isRetired: () => false });
  }

  async #run(stored: StoredRun): Promise<ActiveRun> {
    const { feeds, training, clock } = this.#options;
    const { config } = stored.request;
    const symbols: FollowedSymbol[] = [];
    for (const [exchange, names] of Object.entries(stored.symbols)) {
      const feed = await feeds.get(exchange);
      symbols.push(...names.map((symbol) => followSymbol(feed, symbol, config)));
    }
    await this.#told.load(toldKeys(stored, config));
    const run = new ContinuousRun({
      ...this.#options,
      symbols,
      config,
      book: this.#book,
      told: this.#told,
      training: new TrainingFeed(training),
      labeller: new SignalLabeller(training, clock),
      onMarketState: (state) => this.#takeNote(state),
    });
    const active = { stored, symbols, run };
    await run.start();
    this.#active = active;
    return active;
  }

  #takeNote(state: MarketState): void {
    const { store, onBug } = this.#options;
    this.#marketState = state;
    this.#states += 1;
    if (this.#states % TRIM_EVERY === 0) trimTopic(store, CONTINUOUS_TOPIC_STREAM).catch(onBug);
  }

  /** Reads the newest signals and market state of earlier processes. */
  async #remember(): Promise<void> {
    if (this.#isRemembered) return;
    this.#isRemembered = true;
    const { eventLog } = this.#options;
    const { lastSeq } = await eventLog.read(CONTINUOUS_TOPIC_STREAM, 0, 1);
    for (let after = Math.max(0, lastSeq - REMEMBERED_EVENTS); after < lastSeq; ) {
      const { events } = await eventLog.read(CONTINUOUS_TOPIC_STREAM, after, PAGE);
      for (const { type, payload } of events) {
        if (type === 'continuousSignal') this.#book.add(payload as ContinuousSignal); // by its type
        if (type === 'marketState') this.#marketState = payload as MarketState;
      }
      after = events.at(-1)?.seq ?? lastSeq;
    }
  }

  async #tell(change: 'started' | 'stopped', { run }: ActiveRun): Promise<void> {
    const running = change === 'started';
    const payload = { timestamp: this.#timestamp(), change, stream: null, running, streams: run.streams };
    await this.#options.eventLog.commit({
      appendEvents: [{ streamId: CONTINUOUS_TOPIC_STREAM, events: [{ type: 'streamStatus', payload }] }],
    });
  }

  #uptime({ stored }: ActiveRun): number {
    return Math.max(0, (this.#options.clock.now() - stored.startedAt) / 1000);
  }

  #timestamp(): string {
    return toIsoTime(this.#options.clock.now());
  }
}

function* toldKeys({ symbols }: StoredRun, { timeframes }: ContinuousConfig) {
  for (const exchange of Object.keys(symbols)) {
    for (const timeframe of Object.values(timeframes)) yield { exchange, timeframe };
  }
}

function describe(active: ActiveRun | null): { readonly symbols: string[]; readonly sources: DataSource[] } {
  const followed = active?.symbols ?? [];
  return {
    symbols: [...new Set(followed.map(({ symbol }) => symbol))],
    sources: [...new Map(followed.map(({ feed }) => [feed.dataSource.exchange, feed.dataSource])).values()],
  };
}

function idleStreams(): StreamStates {
  const { config } = startContinuousRequestSchema.parse({});
  const seconds: Readonly<Record<(typeof CONTINUOUS_STREAMS)[number], number>> = {
    price: config.price_update_interval,
    signals: config.signal_generation_interval,
    market_state: config.market_state_interval,
    full_scan: config.scan_interval,
  };
  const idle = (interval_s: number) => ({
    interval_s,
    last_run_at: null,
    last_duration_ms: null,
    lag_ms: null,
    errors: 0,
    skipped: 0,
    last_error: null,
  });
  return {
    price: idle(seconds.price),
    signals: idle(seconds.signals),
    market_state: idle(seconds.market_state),
    full_scan: idle(seconds.full_scan),
  };
}
