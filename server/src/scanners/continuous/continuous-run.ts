import {
  type Clock,
  type ContinuousConfig,
  type ContinuousSignal,
  type ContinuousStream,
  type Dispose,
  type MarketState,
  type StreamStates,
  toIsoTime,
} from '@fast-scanner/shared';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { EventLog } from '../../streams/event-log.ts';
import type { FullScan, PriceSource } from './continuous-ports.ts';
import { CONTINUOUS_TOPIC_STREAM } from './continuous-service.ts';
import type { FollowedSeries } from './followed-series.ts';
import { type FollowedSymbol, tickKey } from './followed-symbol.ts';
import { Loop } from './loop.ts';
import { readMarketState } from './read-market-state.ts';
import type { SignalBook } from './signal-book.ts';
import type { SignalLabeller } from './signal-labeller.ts';
import { runSignalPass } from './signal-pass.ts';
import { TickBook } from './tick-book.ts';
import type { ToldCandles } from './told-candles.ts';
import type { TrainingFeed } from './training-feed.ts';

export interface ContinuousRunOptions {
  readonly symbols: readonly FollowedSymbol[];
  readonly config: ContinuousConfig;
  readonly clock: Clock;
  readonly eventLog: EventLog;
  readonly queue: WorkQueue;
  readonly prices: PriceSource;
  readonly fullScan: FullScan;
  readonly book: SignalBook;
  readonly told: ToldCandles;
  readonly training: TrainingFeed;
  readonly labeller: SignalLabeller;
  readonly onMarketState: (state: MarketState) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Events of one commit: each batch holds the event loop for a moment. */
const EVENTS_AT_ONCE = 100;

/** The four loops from their start to their stop. They share nothing but what they have read: none waits for another. */
export class ContinuousRun {
  readonly #options: ContinuousRunOptions;
  readonly #ticks = new TickBook();
  readonly #loops: Readonly<Record<ContinuousStream, Loop>>;
  /** By exchange and symbol. */
  readonly #known = new Map<string, { readonly price: number; readonly time: number }>();
  #watches: readonly Dispose[] = [];
  /** Symbols whose earlier signals have been taken up. */
  #recalled = 0;
  /** Open times of the swing candles the last full scan saw, summed: it changes when one closes. */
  #scannedAt = Number.NaN;

  constructor(options: ContinuousRunOptions) {
    this.#options = options;
    const { config } = options;
    this.#loops = {
      price: this.#loop('price', config.price_update_interval, () => this.#takePrices()),
      signals: this.#loop('signals', config.signal_generation_interval, (signal) =>
        this.#takeSignals(signal),
      ),
      market_state: this.#loop('market_state', config.market_state_interval, () => this.#takeMarketState()),
      full_scan: this.#loop('full_scan', config.scan_interval, () => this.#scanAll()),
    };
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

  get ticks(): number {
    return this.#ticks.size;
  }

  get candles(): number {
    const { symbols } = this.#options;
    return symbols
      .flatMap(({ series }) => series)
      .reduce((sum, { series }) => sum + (series?.length ?? 0), 0);
  }

  async start(): Promise<void> {
    this.#watches = await Promise.all(
      [...this.#byExchange()].map(([exchange, symbols]) => this.#watch(exchange, symbols)),
    );
    for (const loop of Object.values(this.#loops)) loop.start();
  }

  /** Ends all loops and waits for what they have under way. Idempotent. */
  async stop(): Promise<void> {
    for (const dispose of this.#watches) dispose();
    this.#watches = [];
    await Promise.all(Object.values(this.#loops).map((loop) => loop.stop()));
  }

  #loop(stream: ContinuousStream, seconds: number, work: (signal: AbortSignal) => Promise<void>): Loop {
    const { clock, onBug } = this.#options;
    const onChange = (change: 'failing' | 'recovered') => this.#tell(change, stream).catch(onBug);
    return new Loop({ clock, onBug, onChange, work, intervalMs: seconds * 1000 });
  }

  #byExchange(): ReadonlyMap<string, readonly string[]> {
    const exchanges = new Map<string, string[]>();
    for (const { feed, symbol } of this.#options.symbols) {
      const { exchange } = feed.dataSource;
      exchanges.set(exchange, [...(exchanges.get(exchange) ?? []), symbol]);
    }
    return exchanges;
  }

  #watch(exchange: string, symbols: readonly string[]): Promise<Dispose> {
    return this.#options.prices.watch({
      exchange,
      symbols,
      onPrices: ({ prices }) => {
        for (const { symbol, price, timestamp } of prices)
          this.#known.set(`${exchange} ${symbol}`, { price, time: Date.parse(timestamp) });
        return true;
      },
    });
  }

  /** The prices as the shared source has told them by now. */
  async #takePrices(): Promise<void> {
    for (const [key, { time, price }] of this.#known) this.#ticks.add(key, time, price);
  }

  async #takeSignals(signal: AbortSignal): Promise<void> {
    const { symbols, training } = this.#options;
    const series = symbols.flatMap((one) => one.series);
    const { signals, updated, looked, failures } = await runSignalPass({ ...this.#options, series }, signal);
    const [first] = failures;
    let trouble = first && failures.length === looked ? first : null; // one that fails is no failure of the loop
    await training.add(signals, updated).catch((error) => {
      trouble = error;
    });
    await this.#tellSignals(signals);
    await this.#label(signals, updated).catch((error) => {
      trouble ??= error;
    });
    if (trouble) throw trouble;
  }

  /** Writes what became of earlier signals; those of earlier processes are taken up once. */
  async #label(signals: readonly ContinuousSignal[], updated: readonly FollowedSeries[]): Promise<void> {
    const { labeller, symbols } = this.#options;
    for (const one of signals) labeller.add(one);
    for (; this.#recalled < symbols.length; this.#recalled += 1) {
      const symbol = symbols[this.#recalled];
      if (symbol) await labeller.recall(symbol);
    }
    await labeller.label(updated);
  }

  /** Signals are told with the note that they are, so that a crash in between repeats none and loses none. */
  async #tellSignals(signals: readonly ContinuousSignal[]): Promise<void> {
    const { eventLog, told, book } = this.#options;
    for (let at = 0; at < signals.length; at += EVENTS_AT_ONCE) {
      const batch = signals.slice(at, at + EVENTS_AT_ONCE);
      const events = batch.map((payload) => ({ type: 'continuousSignal', payload }));
      await eventLog.commit({
        appendEvents: [{ streamId: CONTINUOUS_TOPIC_STREAM, events }],
        putSettings: told.settingsWith(batch),
      });
      told.note(batch);
      for (const one of batch) book.add(one);
    }
  }

  async #takeMarketState(): Promise<void> {
    const { symbols, book, clock, eventLog, onMarketState } = this.#options;
    if (this.#ticks.size === 0 || this.candles === 0) return; // nothing is known yet that could be told
    const state = await readMarketState({
      symbols,
      priceOf: (symbol) => this.#ticks.price(tickKey(symbol)),
      activeSignals: book.active,
      now: clock.now(),
    });
    const events = [{ type: 'marketState', payload: state }];
    await eventLog.commit({ appendEvents: [{ streamId: CONTINUOUS_TOPIC_STREAM, events }] });
    onMarketState(state);
  }

  /** Nothing new can be seen before another candle has closed. */
  async #scanAll(): Promise<void> {
    const { symbols, fullScan, config } = this.#options;
    const swing = symbols.flatMap(({ series }) =>
      series.filter(({ identity }) => identity.style === 'swing'),
    );
    const seen = swing.reduce((sum, { series }) => sum + (series?.openTime.at(-1) ?? 0), 0);
    if (seen === 0 || seen === this.#scannedAt) return;
    this.#scannedAt = seen;
    const timeframe = config.timeframes.swing;
    for (const [exchange, names] of this.#byExchange())
      await fullScan({ exchange, symbols: names, timeframe });
  }

  /** Tells how the loops stand, and what has changed. */
  async #tell(change: 'failing' | 'recovered', stream: ContinuousStream): Promise<void> {
    const { clock, eventLog } = this.#options;
    const timestamp = toIsoTime(clock.now());
    const payload = { timestamp, change, stream, running: true, streams: this.streams };
    await eventLog.commit({
      appendEvents: [{ streamId: CONTINUOUS_TOPIC_STREAM, events: [{ type: 'streamStatus', payload }] }],
    });
  }
}
