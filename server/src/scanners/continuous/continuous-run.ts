import {
  type Clock,
  CONTINUOUS_STREAMS,
  type ContinuousConfig,
  type ContinuousStream,
  type MarketState,
  type StreamStates,
  toIsoTime,
} from '@fast-scanner/shared';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { TrainingStore } from '../../store/training/training-store.ts';
import type { CandleKeeper } from '../common/candle-keeper.ts';
import type { CollectedSignals } from './collected-signals.ts';
import type { FullScan, PriceSource } from './continuous-ports.ts';
import type { ContinuousTopic } from './continuous-topic.ts';
import type { FollowedExchange } from './followed-exchange.ts';
import type { FollowedSeries } from './followed-series.ts';
import { FullScans } from './full-scans.ts';
import { Loop, type LoopChange } from './loop.ts';
import { readMarketState } from './read-market-state.ts';
import type { SignalBook } from './signal-book.ts';
import { SignalPass } from './signal-pass.ts';
import type { ToldCandles } from './told-candles.ts';
import { TrainingCollector } from './training-collector.ts';
import { WatchedPrices } from './watched-prices.ts';

export interface ContinuousRunOptions {
  readonly exchanges: readonly FollowedExchange[];
  readonly config: ContinuousConfig;
  readonly clock: Clock;
  readonly topic: ContinuousTopic;
  readonly queue: WorkQueue;
  readonly keeper: Pick<CandleKeeper, 'keep'>;
  readonly prices: PriceSource;
  readonly fullScan: FullScan;
  readonly book: SignalBook;
  readonly told: ToldCandles;
  readonly training: TrainingStore;
  readonly collected: CollectedSignals;
  readonly onMarketState: (state: MarketState) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** The four loops from their start to their stop. They share nothing but what they have read: none waits for another. */
export class ContinuousRun {
  readonly #options: ContinuousRunOptions;
  readonly #loops: Readonly<Record<ContinuousStream, Loop>>;
  readonly #prices: ReadonlyMap<FollowedExchange['feed'], WatchedPrices>;
  readonly #passes: readonly SignalPass[];
  readonly #fullScans: FullScans;
  #isStateTold = false;

  constructor(options: ContinuousRunOptions) {
    this.#options = options;
    const { exchanges, config } = options;
    this.#loops = {
      price: this.#loop('price', config.price_update_interval, () => this.#takePrices()),
      signals: this.#loop('signals', config.signal_generation_interval, (signal) =>
        this.#takeSignals(signal),
      ),
      market_state: this.#loop('market_state', config.market_state_interval, () => this.#takeMarketState()),
      full_scan: this.#loop('full_scan', config.scan_interval, (signal) => this.#fullScans.run(signal)),
    };
    this.#prices = new Map(
      exchanges.map((exchange) => [exchange.feed, new WatchedPrices({ ...options, exchange })]),
    );
    this.#passes = exchanges.map((exchange) => this.#createPass(exchange));
    this.#fullScans = new FullScans({
      ...options,
      timeframe: config.timeframes.swing,
      patienceMs: config.scan_interval * 1000,
      onFailure: (error) => this.#loops.full_scan.note(error),
    });
  }

  get streams(): StreamStates {
    const { price, signals, market_state, full_scan } = this.#loops;
    return {
      price: price.state,
      signals: signals.state,
      market_state: market_state.state,
      full_scan: full_scan.state,
    };
  }

  /** Ticks held. */
  get ticks(): number {
    return [...this.#prices.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Candles held. */
  get candles(): number {
    const series = this.#options.exchanges.flatMap((exchange) => exchange.series);
    return series.reduce((sum, one) => sum + (one.series?.length ?? 0), 0);
  }

  start(): void {
    for (const loop of Object.values(this.#loops)) loop.start();
  }

  /** Ends all loops and waits for what they have under way. Idempotent. */
  async stop(): Promise<void> {
    await Promise.all(CONTINUOUS_STREAMS.map((stream) => this.#loops[stream].stop()));
    for (const prices of this.#prices.values()) prices.stop();
  }

  #loop(stream: ContinuousStream, seconds: number, work: (signal: AbortSignal) => Promise<void>): Loop {
    const { clock, onBug } = this.#options;
    const onChange = (change: LoopChange) => this.#tellChange(change, stream);
    return new Loop({ clock, onBug, onChange, work, intervalMs: seconds * 1000 });
  }

  #createPass(exchange: FollowedExchange): SignalPass {
    const { told, collected } = this.#options;
    const onFailure = (error: unknown) => this.#loops.signals.note(error);
    const toldBefore = new Map<FollowedSeries, number>();
    for (const one of exchange.series) {
      const toldTo = told.toldTo({ exchange: exchange.id, ...one.identity });
      if (toldTo !== null) toldBefore.set(one, toldTo);
    }
    const collector = new TrainingCollector({ ...this.#options, signals: collected, toldBefore, onFailure });
    return new SignalPass({ ...this.#options, exchange, collector, onFailure });
  }

  /** An exchange without prices is told of; it is a failure of the loop when all are. */
  async #takePrices(): Promise<void> {
    const watched = [...this.#prices.values()];
    const outcomes = await Promise.all(
      watched.map((prices) =>
        prices.take().then(
          () => prices.failure,
          (error: unknown) => error,
        ),
      ),
    );
    const failures = outcomes.filter((failure) => failure !== null);
    if (failures.length === watched.length) throw failures[0];
    for (const failure of failures) this.#loops.price.note(failure);
  }

  /** Each exchange by itself: one that hangs is not waited for by the others. */
  async #takeSignals(signal: AbortSignal): Promise<void> {
    const outcomes = await Promise.allSettled(this.#passes.map((pass) => pass.run(signal)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    const failures = this.#options.exchanges.map(({ failure }) => failure);
    if (failures.every((failure) => failure !== null)) throw failures[0];
    if (!this.#isStateTold && this.ticks > 0) await this.#takeMarketState(); // nobody should wait a minute for the first
  }

  async #takeMarketState(): Promise<void> {
    const { exchanges, book, clock, topic, onMarketState } = this.#options;
    if (this.candles === 0) return; // nothing is known yet that could be told
    const state = await readMarketState({
      symbols: exchanges.flatMap(({ symbols }) => symbols),
      priceOf: ({ feed, symbol }) => this.#prices.get(feed)?.newest(symbol) ?? null,
      activeSignals: book.active,
      now: clock.now(),
    });
    await topic.tell([{ type: 'marketState', payload: state }]);
    this.#isStateTold = true;
    onMarketState(state);
  }

  /** Tells how the loops stand, and what has changed. */
  async #tellChange(change: LoopChange, stream: ContinuousStream): Promise<void> {
    const timestamp = toIsoTime(this.#options.clock.now());
    const payload = { timestamp, change, stream, running: true, streams: this.streams };
    await this.#options.topic.tell([{ type: 'streamStatus', payload }]);
  }
}
