import { type CandleSeries, type Clock, ScannerError, timeframeMs, toIsoTime } from '@fast-scanner/shared';
import { MODEL_VERSION } from '../../analysis/prediction/prediction-model.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import { chooseSymbols } from './choose-symbols.ts';
import { type KeptModel, type ModelArchive, toKeptModel } from './model-archive.ts';
import { type ModelRecord, modelIdOf } from './model-record.ts';
import type { ModelSlot } from './model-slot.ts';
import type { ModelTrainer } from './model-trainer.ts';
import { readTrainingSeries, type TrainingSeries } from './read-training-series.ts';
import { cutoffAt, TRAINING_SEED } from './training-policy.ts';

export interface ModelTrainingOptions {
  readonly feeds: MarketFeeds;
  readonly archive: ModelArchive;
  readonly trainer: ModelTrainer;
  /** Where candles are read, behind everything else. */
  readonly queue: WorkQueue;
  readonly clock: Clock;
  /** `UNIVERSE` of the configuration. */
  readonly universe: readonly string[] | null;
  /** Hears how a training goes, for the log. */
  readonly onNote: (text: string, details: Readonly<Record<string, unknown>>) => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** One training from the choice of symbols to the stored model. */
export class ModelTraining {
  readonly #options: ModelTrainingOptions;

  constructor(options: ModelTrainingOptions) {
    this.#options = options;
  }

  /** Whether there is a new model. Why there is none stands in the slot; after `signal` has aborted nothing does. */
  async run(slot: ModelSlot, signal: AbortSignal): Promise<boolean> {
    const { clock, onBug } = this.#options;
    let cutoff = cutoffAt(clock.now(), slot.timeframe, slot.dataSource.kind);
    slot.begin(clock.now());
    try {
      const feed = await this.#options.feeds.get(slot.dataSource.exchange);
      cutoff = cutoffAt(feed.now(), slot.timeframe, slot.dataSource.kind);
      const kept = await this.#learn(slot, cutoff, signal);
      slot.succeed(kept);
      this.#tellSuccess(slot, kept);
      await this.#save(slot, kept);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      if (!(error instanceof ScannerError)) onBug(error);
      const reason =
        error instanceof ScannerError ? error.message : 'an unexpected error; the log has the details';
      slot.fail({ reason, cutoff });
      this.#note(slot, `there is no new model of ${slot.name}: ${reason}`);
      return false;
    }
  }

  async #learn(slot: ModelSlot, cutoff: number, signal: AbortSignal): Promise<KeptModel> {
    const { timeframe, dataSource } = slot;
    const { trainer, clock } = this.#options;
    const { series, unread } = await this.#read(slot, cutoff, signal);
    const read = series.length + unread.length;
    slot.advance({ stage: 'learning', done: read, total: read });
    const task = { series, timeframe, seed: TRAINING_SEED };
    const { json, report, trainingMs } = await trainer.train(task, signal).catch((error) => {
      throw withUnread(error, unread);
    });
    const record: ModelRecord = {
      modelId: modelIdOf(dataSource.exchange, timeframe, json),
      version: MODEL_VERSION,
      dataSource,
      timeframe,
      trainedAt: clock.now(),
      trainingMs,
      cutoff,
      learnedTo: newestClose(series),
      symbols: series.map(({ symbol }) => symbol),
      candles: series.reduce((sum, { length }) => sum + length, 0),
      report,
    };
    return toKeptModel(record, json);
  }

  async #read(slot: ModelSlot, cutoff: number, signal: AbortSignal): Promise<TrainingSeries> {
    const { feeds, queue, clock, universe: configured } = this.#options;
    const feed = await feeds.get(slot.dataSource.exchange);
    const symbols = await chooseSymbols(feed, { configured, asked: slot.asked, signal });
    const total = symbols.length;
    this.#note(slot, `training of the model of ${slot.name} begins: reading ${total} symbols`);
    const onRead = (done: number) => {
      slot.advance({ stage: 'reading', done, total });
      if (done % 10 === 0) this.#note(slot, `${done} of ${total} symbols read for the model of ${slot.name}`);
    };
    slot.advance({ stage: 'reading', done: 0, total });
    const { timeframe } = slot;
    return readTrainingSeries({ feed, timeframe, symbols, cutoff, queue, clock, signal, onRead });
  }

  /** A model that the store could not take predicts all the same, until the next start. */
  async #save(slot: ModelSlot, kept: KeptModel): Promise<void> {
    try {
      await this.#options.archive.save(kept);
    } catch (error) {
      if (!(error instanceof ScannerError)) this.#options.onBug(error);
      this.#note(slot, `the model of ${slot.name} could not be stored`);
    }
  }

  #tellSuccess(slot: ModelSlot, { record }: KeptModel): void {
    const { modelId, symbols, report, trainingMs, cutoff } = record;
    const learned = `${report.samples} samples of ${symbols.length} symbols up to ${toIsoTime(cutoff)}`;
    const took = `${(trainingMs / 1000).toFixed(1)} s`;
    this.#note(
      slot,
      `the model of ${slot.name} is ready: ${learned}, learned in ${took}; ${report.verdict}`,
      {
        modelId,
      },
    );
  }

  #note(
    { dataSource, timeframe }: ModelSlot,
    text: string,
    details: Readonly<Record<string, unknown>> = {},
  ): void {
    this.#options.onNote(text, { exchange: dataSource.exchange, timeframe, ...details });
  }
}

function newestClose(series: readonly CandleSeries[]): number {
  return Math.max(
    ...series.map(({ openTime, timeframe }) => (openTime.at(-1) ?? 0) + timeframeMs(timeframe)),
  );
}

/** Too few samples may be the fault of what could not be read. */
function withUnread(error: unknown, unread: readonly string[]): unknown {
  const [first] = unread;
  if (first === undefined || !(error instanceof ScannerError) || error.code !== 'insufficient_data')
    return error;
  const others = unread.length > 1 ? ` and ${unread.length - 1} more` : '';
  return new ScannerError(error.code, `${error.message}; could not be read: ${first}${others}`, {
    cause: error,
  });
}
