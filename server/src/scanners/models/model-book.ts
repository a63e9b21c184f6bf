import {
  type Clock,
  type DataSource,
  type ModelsQuery,
  type ModelsResponse,
  ScannerError,
  TIMEFRAMES,
  type Timeframe,
  type TrainModelRequest,
  type TrainModelResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { MarketFeed, MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store } from '../../store/store.ts';
import { closedError } from '../common/closed-error.ts';
import type { ModelAnswer, ModelQuestion, ModelSource } from '../common/model-source.ts';
import { ModelArchive } from './model-archive.ts';
import { ModelSlot } from './model-slot.ts';
import { ModelTraining, type ModelTrainingOptions } from './model-training.ts';
import type { ModelsService } from './models-service.ts';
import { cutoffAt, PATIENCE_MS, QUIET_MS } from './training-policy.ts';

export interface ModelBookOptions extends Omit<ModelTrainingOptions, 'archive'> {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly clock: Clock;
  /** Whether there are predictions at all. */
  readonly enabled: boolean;
  /** Told when a model got ready, with what it is for. */
  readonly onReady: (dataSource: DataSource, timeframe: Timeframe) => void;
}

const ROUND_MS = 1_000;
const SWITCHED_OFF = 'prediction is switched off (PREDICTION_ENABLED=false)';

/**
 * One model for each exchange and timeframe whose symbols are analysed: kept across restarts, trained in the background after
 * somebody asked for it and the scanner has been quiet, one after the other, and trained anew when enough candles have closed.
 */
export class ModelBook implements ModelSource, ModelsService {
  readonly #options: ModelBookOptions;
  readonly #archive: ModelArchive;
  readonly #training: ModelTraining;
  readonly #slots = new Map<string, Promise<ModelSlot>>();
  readonly #rounds: PeriodicTask;
  readonly #closing = new AbortController();
  #loading: Promise<void> | null = null;
  #isOpen = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(options: ModelBookOptions) {
    this.#options = options;
    this.#archive = new ModelArchive(options.store);
    this.#training = new ModelTraining({ ...options, archive: this.#archive });
    this.#rounds = new PeriodicTask({
      clock: options.clock,
      intervalMs: ROUND_MS,
      work: () => this.#goRound(),
      onError: options.onBug,
    });
  }

  /** From now on models are trained. */
  open(): void {
    if (this.#isOpen || this.#closing.signal.aborted || !this.#options.enabled) return;
    this.#isOpen = true;
    this.#rounds.start();
  }

  /** Stops the training under way, which begins anew at the next start. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(closedError());
    if (this.#isOpen) await this.#rounds.stop();
  }

  async find({ dataSource, timeframe, symbol }: ModelQuestion): Promise<ModelAnswer> {
    if (!this.#options.enabled) return { model: null, reason: SWITCHED_OFF };
    try {
      const slot = await this.#slot(dataSource, timeframe);
      this.#askedAt = this.#options.clock.monotonic();
      slot.want(symbol, this.#askedAt);
      return slot.answer(this.#isOpen);
    } catch (error) {
      if (!(error instanceof ScannerError)) throw error;
      return { model: null, reason: `the model could not be read: ${error.message}` };
    }
  }

  async models({ exchange, timeframe }: ModelsQuery): Promise<ModelsResponse> {
    this.#loading ??= this.#loadAll().catch((error) => {
      this.#loading = null;
      throw error;
    });
    await this.#loading;
    const slots = await Promise.all(this.#slots.values());
    const entries = slots
      .map((slot) => slot.describe(this.#isOpen))
      .filter((entry) => exchange === undefined || entry.exchange === exchange)
      .filter((entry) => timeframe === undefined || entry.timeframe === timeframe)
      .sort((one, other) => orderOf(one).localeCompare(orderOf(other)));
    const { enabled, clock } = this.#options;
    const timestamp = toIsoTime(clock.now());
    return { success: true, enabled, models: entries, count: entries.length, timestamp };
  }

  async train({ exchange, timeframe }: TrainModelRequest): Promise<TrainModelResponse> {
    const { feeds, enabled } = this.#options;
    this.#closing.signal.throwIfAborted();
    if (!enabled) throw new ScannerError('conflict', SWITCHED_OFF);
    const feed = await feeds.get(exchange ?? feeds.defaultExchange);
    const slot = await this.#slot(feed.dataSource, timeframe);
    slot.order(cutoffOf(feed, timeframe));
    this.open();
    return {
      success: true,
      model: slot.describe(true),
      message: `the model of ${slot.name} will be trained`,
    };
  }

  #slot(dataSource: DataSource, timeframe: Timeframe): Promise<ModelSlot> {
    const key = `${dataSource.exchange} ${timeframe}`;
    const known = this.#slots.get(key);
    if (known) return known;
    const loading = this.#archive
      .load(dataSource.exchange, timeframe)
      .then((kept) => new ModelSlot(dataSource, timeframe, kept));
    this.#slots.set(key, loading);
    loading.catch(() => this.#slots.delete(key));
    return loading;
  }

  /** Those that are kept, also when nobody has asked for them since the start. */
  async #loadAll(): Promise<void> {
    for (const exchange of this.#options.feeds.exchangeIds) {
      for (const timeframe of TIMEFRAMES) {
        const dataSource = await this.#archive.sourceOf(exchange, timeframe);
        if (dataSource) await this.#slot(dataSource, timeframe);
      }
    }
  }

  async #goRound(): Promise<void> {
    const slot = await this.#findDue();
    if (!slot || this.#closing.signal.aborted) return;
    if (await this.#training.run(slot, this.#closing.signal)) {
      this.#options.onReady(slot.dataSource, slot.timeframe);
    }
  }

  /** The next one to be trained: what was ordered, then what is wanted for longest. */
  async #findDue(): Promise<ModelSlot | null> {
    const slots = await Promise.all(this.#slots.values());
    const ordered = slots.find(({ isOrdered }) => isOrdered);
    if (ordered) return ordered;
    const wanted = slots
      .filter(({ wantedSince }) => wantedSince !== null)
      .sort((one, other) => (one.wantedSince ?? 0) - (other.wantedSince ?? 0));
    for (const slot of wanted) {
      if (!(await this.#isStale(slot))) slot.forgetWish();
      else if (this.#isTime(slot)) return slot;
    }
    return null;
  }

  /** Asks the exchange only when its next candle can have closed. One that cannot be opened is the training's to tell. */
  async #isStale(slot: ModelSlot): Promise<boolean> {
    const { dataSource, timeframe } = slot;
    const { feeds, clock } = this.#options;
    if (!slot.isStaleAt(cutoffAt(clock.now(), timeframe, dataSource.kind))) return false;
    const feed = await feeds.get(dataSource.exchange).catch(() => null);
    return feed === null || slot.isStaleAt(cutoffOf(feed, timeframe));
  }

  /** Whether nobody analyses anything at this moment, or somebody has waited long enough for that. */
  #isTime({ wantedSince }: ModelSlot): boolean {
    const now = this.#options.clock.monotonic();
    return now - this.#askedAt >= QUIET_MS || now - (wantedSince ?? now) >= PATIENCE_MS;
  }
}

function cutoffOf(feed: MarketFeed, timeframe: Timeframe): number {
  return cutoffAt(feed.now(), timeframe, feed.dataSource.kind);
}

function orderOf({ exchange, timeframe }: { exchange: string; timeframe: Timeframe }): string {
  return `${exchange} ${String(TIMEFRAMES.indexOf(timeframe)).padStart(2, '0')}`;
}
