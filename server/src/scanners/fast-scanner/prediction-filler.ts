import {
  type Clock,
  type DeepAnalysis,
  type ScanEvents,
  ScannerError,
  type Timeframe,
  toIsoTime,
} from '@fast-scanner/shared';
import { candleCloseTime } from '../../analysis/candle-close-time.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeed, MarketFeeds } from '../../market-data/market-feed.ts';
import type { JobItem, Store, StoredEvent } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import type { Analyst } from '../common/analyst.ts';
import { closedError } from '../common/closed-error.ts';
import { type ModelAnswer, type ModelSource, modelAt } from '../common/model-source.ts';
import { toScanSignalRecord } from '../common/scan-signal-record.ts';
import { DEEP_CANDLES, readWindow } from '../common/symbol-analysis.ts';
import { SCANS_TOPIC_STREAM } from './fast-scanner-service.ts';
import { SCAN_JOB, type ScanItem, type ScanJob, toJobItem, toScanItem, toScanJob } from './scan-record.ts';

export interface PredictionFillerOptions {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly analyst: Analyst;
  readonly models: ModelSource;
  readonly deepQueue: WorkQueue;
  /** Hears of events once they are stored. */
  readonly onEvents: (events: readonly StoredEvent[]) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** A symbol that was analysed before there was a model. */
interface Unpredicted {
  readonly row: JobItem;
  readonly item: ScanItem;
  readonly deep: DeepAnalysis;
}

type Filled = Unpredicted & { readonly prediction: NonNullable<DeepAnalysis['ml_prediction']> };

/** Symbols that are stored together: an item and a signal each. */
const GROUP = 40;
/** How many scans are looked through for the newest one with a deep analysis. */
const MOST_SCANS = 100;

/**
 * Adds the predictions that the newest completed scan of an exchange and timeframe could not have, because there was no model yet: the
 * results are changed where they stand, and the topic is told when all of them are. The scan's own log has ended and stays as it is.
 */
export class PredictionFiller {
  readonly #options: PredictionFillerOptions;
  readonly #closing = new AbortController();
  /** Scans at work that have analysed a symbol without a prediction. */
  readonly #lacking = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: PredictionFillerOptions) {
    this.#options = options;
  }

  /** Notes which scans have symbols without a prediction; the first ones may have come before the model, and are filled in at the end. */
  hear(events: readonly StoredEvent[]): void {
    for (const { type, payload } of events) {
      if (type === 'symbolAnalyzed') {
        const { scanId, deepData } = payload as ScanEvents['symbolAnalyzed']; // by its type
        if (deepData.ml_prediction === null) this.#lacking.add(scanId);
      } else if (type === 'deepAnalysisComplete') {
        const { scanId, status } = payload as ScanEvents['deepAnalysisComplete']; // by its type
        if (this.#lacking.delete(scanId) && status === 'completed')
          void this.#begin(() => this.#findScan(scanId));
      }
    }
  }

  /** A model got ready: fills in the newest completed scan of its exchange and timeframe. Never rejects. */
  fill(exchange: string, timeframe: Timeframe): Promise<void> {
    return this.#begin(() => this.#newestScan(exchange, timeframe));
  }

  /** Leaves the rest to the next model or scan. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(closedError());
    await this.#last;
  }

  /** One scan after the other. */
  #begin(find: () => Promise<ScanJob | null>): Promise<void> {
    const fill = async () => {
      this.#closing.signal.throwIfAborted();
      const scan = await find();
      if (scan) await this.#fill(scan);
    };
    this.#last = this.#last.then(fill).catch((error) => this.#onError(error));
    return this.#last;
  }

  async #fill(scan: ScanJob): Promise<void> {
    const { models, store, feeds } = this.#options;
    const { dataSource, timeframe, exchange } = scan.input;
    const [symbol = ''] = scan.input.symbols;
    const answer = await models.find({ dataSource, timeframe, symbol });
    if (answer.model === null) return;
    const unpredicted = (await store.listItems(scan.id)).flatMap(toUnpredicted);
    if (unpredicted.length === 0) return;
    const feed = await feeds.get(exchange);
    const predict = (one: Unpredicted) => this.#predict(one, { feed, timeframe, answer });
    const found = (await Promise.all(unpredicted.map(predict))).flatMap((one) => one ?? []);
    await this.#store(scan, found);
  }

  async #findScan(scanId: string): Promise<ScanJob | null> {
    const record = await this.#options.store.getJob(scanId);
    return record && toScanJob(record);
  }

  async #newestScan(exchange: string, timeframe: Timeframe): Promise<ScanJob | null> {
    const query = { kind: SCAN_JOB, statuses: ['completed' as const], exchange, limit: MOST_SCANS };
    const scans = (await this.#options.store.listJobs(query)).map(toScanJob);
    return scans.find(({ input }) => input.analyze && input.timeframe === timeframe) ?? null;
  }

  /**
   * From the candles of the analysis; `null` when they are not to be had any more or give no prediction, and when the model has learned
   * from later ones: a prediction is measured, and must not know what came next.
   */
  async #predict(
    one: Unpredicted,
    context: { readonly feed: MarketFeed; readonly timeframe: Timeframe; readonly answer: ModelAnswer },
  ): Promise<Filled | null> {
    const { deepQueue, analyst } = this.#options;
    const { signal } = this.#closing;
    const { feed, timeframe } = context;
    const { symbol, asOf } = one.item;
    const answer = modelAt(asOf, context.answer);
    if (answer.model === null) return null;
    const work = async () => {
      const series = await readWindow({ feed, symbol, timeframe, count: DEEP_CANDLES, asOf, signal });
      if (candleCloseTime(series) !== one.deep.candleCloseTime) return null;
      return analyst.predict({ series, prediction: answer }, signal);
    };
    try {
      const turn = { priority: 'background', owner: 'predictions', signal } as const;
      const prediction = (await deepQueue.run(work, turn))?.ml_prediction;
      return prediction ? { ...one, prediction } : null;
    } catch (error) {
      signal.throwIfAborted();
      this.#onError(error);
      return null;
    }
  }

  async #store(scan: ScanJob, found: readonly Filled[]): Promise<void> {
    const { eventLog, onEvents } = this.#options;
    for (let from = 0; from < found.length; from += GROUP) {
      this.#closing.signal.throwIfAborted();
      const isLast = from + GROUP >= found.length;
      const items = found.slice(from, from + GROUP).map(withPrediction);
      const events = await eventLog.commit({
        // As old as before: a result of another scan that is newer stays the newest of its symbol.
        putItems: items.map(({ row, item }) => toJobItem(scan.id, item, row.updatedAt)),
        putSignals: items.flatMap(({ row, item: { signal: quick, deep } }) =>
          quick ? [toScanSignalRecord({ quick, deep, recordedAt: row.updatedAt }, 'scan')] : [],
        ),
        appendEvents: isLast ? [{ streamId: SCANS_TOPIC_STREAM, events: this.#tell(scan, found) }] : [],
      });
      onEvents(events);
    }
  }

  #tell({ id: scanId, input }: ScanJob, found: readonly Filled[]) {
    const [first] = found;
    if (!first) return [];
    const { modelId, edge, verdict } = first.prediction;
    const { exchange, timeframe } = input;
    const symbols = found.map(({ item }) => item.symbol);
    const timestamp = toIsoTime(this.#options.clock.now());
    const payload = { scanId, exchange, timeframe, modelId, edge, verdict, symbols, timestamp };
    return [{ type: 'predictionsReady', payload }];
  }

  /** What an exchange or the store refuses is tried again with the next model or scan. */
  #onError(error: unknown): void {
    if (!(error instanceof ScannerError)) this.#options.onBug(error);
  }
}

function toUnpredicted(row: JobItem): Unpredicted[] {
  const item = toScanItem(row);
  const { status, deep } = item;
  return status === 'complete' && deep && deep.ml_prediction === null ? [{ row, item, deep }] : [];
}

function withPrediction({ row, item, deep, prediction }: Filled): Pick<Unpredicted, 'row' | 'item'> {
  const provenance = { ...deep.provenance, modelId: prediction.modelId };
  const predicted = { ...deep, ml_prediction: prediction, ml_prediction_reason: null, provenance };
  return { row, item: { ...item, deep: predicted } };
}
