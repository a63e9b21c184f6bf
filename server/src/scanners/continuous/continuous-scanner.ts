import {
  type Clock,
  type ConfluenceQuery,
  type ContinuousSignal,
  type ContinuousSignalsQuery,
  type ContinuousSignalsResponse,
  type ContinuousStatusResponse,
  type MarketState,
  type MarketStateResponse,
  ScannerError,
  type StartContinuousRequest,
  type StartContinuousResponse,
  type StopContinuousResponse,
  startContinuousRequestSchema,
  type TimeframeConfluenceResponse,
  type TrainingDataQuery,
  type TrainingDataResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import { computeTimeframeConfluence } from '../../analysis/continuous/timeframe-confluence.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store } from '../../store/store.ts';
import type { TrainingStore } from '../../store/training/training-store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import type { CandleKeeper } from '../common/candle-keeper.ts';
import { closedError } from '../common/closed-error.ts';
import { type ActiveRun, dataSourcesOf, describeRun, symbolsOf, uptimeOf } from './active-run.ts';
import { CollectedSignals } from './collected-signals.ts';
import type { FullScan, PriceSource } from './continuous-ports.ts';
import { ContinuousRun } from './continuous-run.ts';
import type { ContinuousService, TrainingFile } from './continuous-service.ts';
import { ContinuousTopic } from './continuous-topic.ts';
import { followExchanges } from './follow-exchanges.ts';
import { PatientTask } from './patient-task.ts';
import { SignalBook } from './signal-book.ts';
import { resolveRun, type StoredRun } from './stored-run.ts';
import { ToldCandles } from './told-candles.ts';
import { readTrainingData, readTrainingFile } from './training-answers.ts';

export interface ContinuousScannerOptions {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  /** Where reading a series waits its turn. */
  readonly queue: WorkQueue;
  readonly keeper: Pick<CandleKeeper, 'keep'>;
  readonly prices: PriceSource;
  readonly fullScan: FullScan;
  readonly training: TrainingStore;
  /** `UNIVERSE` of the configuration. */
  readonly universe: readonly string[] | null;
  /** Whether it starts by itself when it was never started or stopped. */
  readonly autostart: boolean;
  /** Hears of errors that are no expected failure, and of what keeps it from going on by itself. */
  readonly onBug: (error: unknown) => void;
}

/** The setting in which a running scanner is remembered; `false` once it was stopped. */
const SETTING = 'continuous';
/** Events read back at the start, so that lists do not begin empty. */
const REMEMBERED_EVENTS = 2_000;

/** Follows symbols on several timeframes until it is stopped, also across restarts of the process. */
export class ContinuousScanner implements ContinuousService {
  readonly #options: ContinuousScannerOptions;
  readonly #topic: ContinuousTopic;
  readonly #told: ToldCandles;
  readonly #collected: CollectedSignals;
  /** To run without having been asked; tried again when an exchange cannot be reached. */
  readonly #goingOn: PatientTask;
  readonly #book = new SignalBook();
  readonly #closing = new AbortController();
  #active: ActiveRun | null = null;
  #marketState: MarketState | null = null;
  /** One start or stop at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Whether the signals of earlier processes have been read. */
  #isRemembered = false;

  constructor(options: ContinuousScannerOptions) {
    this.#options = options;
    this.#topic = new ContinuousTopic(options);
    this.#told = new ToldCandles(options.store);
    this.#collected = new CollectedSignals(options.training);
    const { clock, onBug } = options;
    const work = () => this.#inTurn(() => this.#goOn());
    this.#goingOn = new PatientTask({ clock, work, onFailure: onBug });
  }

  /** Goes on when it was running; starts by itself when the configuration says so and nobody has stopped it. */
  async open(): Promise<void> {
    await this.#remember();
    const wasRunning = await this.#stored();
    const going = this.#goingOn.try();
    if (wasRunning) await going; // to start anew may have to ask an exchange: nobody waits for that
  }

  /** Stops the loops; a scanner that runs goes on at the next start. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(closedError());
    this.#goingOn.cancel();
    await this.#turn.catch(() => undefined);
    await this.#active?.run.stop();
    this.#active = null;
  }

  start(request: StartContinuousRequest): Promise<StartContinuousResponse> {
    return this.#inTurn(async () => {
      if (this.#active)
        throw new ScannerError('conflict', 'the continuous scanner runs already; stop it first');
      const active = await this.#startNew(request);
      const { config } = request;
      const count = active.exchanges.reduce((sum, { names }) => sum + names.length, 0);
      return {
        success: true,
        running: true,
        started_at: toIsoTime(active.stored.startedAt),
        symbols: symbolsOf(active),
        data_sources: dataSourcesOf(active),
        config,
        message: `following ${count} symbols on ${Object.values(config.timeframes).join(', ')}`,
      };
    });
  }

  stop(): Promise<StopContinuousResponse> {
    return this.#inTurn(async () => {
      const active = this.#active;
      await active?.run.stop();
      this.#active = null;
      if (!active) {
        await this.#options.store.commit({ putSettings: { [SETTING]: false } });
        return { success: true, running: false, uptime_s: null, message: 'it was not running' };
      }
      await this.#tell('stopped', active, false);
      const uptime_s = uptimeOf(active, this.#options.clock.now());
      return { success: true, running: false, uptime_s, message: 'the continuous scanner was stopped' };
    });
  }

  async status(): Promise<ContinuousStatusResponse> {
    const run = this.#active?.run;
    return {
      success: true,
      ...describeRun(this.#active, this.#options.clock.now()),
      market_state: this.#marketState,
      buffer_stats: { ticks: run?.ticks ?? 0, candles: run?.candles ?? 0, signals: this.#book.size },
    };
  }

  async signals(query: ContinuousSignalsQuery): Promise<ContinuousSignalsResponse> {
    const signals = this.#book.list(query);
    const data_sources = dataSourcesOf(this.#active);
    return { success: true, signals, count: signals.length, timestamp: this.#timestamp(), data_sources };
  }

  async confluence(symbol: string, query: ConfluenceQuery): Promise<TimeframeConfluenceResponse> {
    const { feeds } = this.#options;
    const [first] = dataSourcesOf(this.#active);
    const exchange = query.exchange ?? first?.exchange ?? feeds.defaultExchange;
    const { dataSource } = await feeds.get(exchange);
    const styles = this.#book.styles(exchange, symbol);
    if (Object.keys(styles).length === 0) {
      throw new ScannerError('not_found', `${symbol} has no continuous signal on ${exchange} yet`);
    }
    const confluence = computeTimeframeConfluence(styles, { symbol, minScore: query.min_score });
    return { success: true, ...confluence, data_source: dataSource, timestamp: this.#timestamp() };
  }

  async marketState(): Promise<MarketStateResponse> {
    if (!this.#marketState)
      throw new ScannerError('not_found', 'the market has not been read yet; start the continuous scanner');
    return { success: true, ...this.#marketState, data_sources: dataSourcesOf(this.#active) };
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
        if (this.#closing.signal.aborted) throw closedError();
        return work();
      });
    this.#turn = turn;
    return turn;
  }

  async #stored(): Promise<StoredRun | false | null> {
    return (await this.#options.store.getSetting(SETTING)) as StoredRun | false | null; // written here alone
  }

  /** Runs without having been asked: as before, or by the configuration. */
  async #goOn(): Promise<void> {
    if (this.#active) return;
    const stored = await this.#stored();
    if (stored) this.#launch(await this.#prepare(stored));
    else if (stored === null && this.#options.autostart)
      await this.#startNew(startContinuousRequestSchema.parse({}));
  }

  async #startNew(request: StartContinuousRequest): Promise<ActiveRun> {
    const stored = await resolveRun(request, { ...this.#options, signal: this.#closing.signal });
    await this.#remember(); // one that is started without having been opened begins with a list, too
    const active = await this.#prepare(stored);
    await this.#tell('started', active, stored);
    this.#launch(active);
    return active;
  }

  async #prepare(stored: StoredRun): Promise<ActiveRun> {
    const { config } = stored.request;
    const exchanges = await followExchanges(stored, { ...this.#options, onFailure: this.#options.onBug });
    const identities = exchanges.flatMap((exchange) =>
      exchange.series.map(({ identity }) => ({ ...identity, exchange: exchange.id })),
    );
    await this.#told.load(identities);
    this.#book.keepOnly(identities);
    const run = new ContinuousRun({
      ...this.#options,
      exchanges,
      config,
      topic: this.#topic,
      book: this.#book,
      told: this.#told,
      collected: this.#collected,
      onMarketState: (state) => {
        this.#marketState = state;
      },
    });
    return { stored, exchanges, run };
  }

  #launch(active: ActiveRun): void {
    this.#active = active;
    active.run.start();
  }

  /** Reads the newest signals and market state of earlier processes. */
  async #remember(): Promise<void> {
    if (this.#isRemembered) return;
    for await (const events of this.#topic.newest(REMEMBERED_EVENTS)) {
      for (const { type, payload } of events) {
        if (type === 'continuousSignal') this.#book.add(payload as ContinuousSignal); // by its type
        if (type === 'marketState') this.#marketState = payload as MarketState;
      }
    }
    this.#isRemembered = true;
  }

  /** Tells that it was started or stopped, with the note that it was. */
  async #tell(change: 'started' | 'stopped', { run }: ActiveRun, stored: StoredRun | false): Promise<void> {
    const running = change === 'started';
    const payload = { timestamp: this.#timestamp(), change, stream: null, running, streams: run.streams };
    await this.#topic.tell([{ type: 'streamStatus', payload }], { putSettings: { [SETTING]: stored } });
  }

  #timestamp(): string {
    return toIsoTime(this.#options.clock.now());
  }
}
