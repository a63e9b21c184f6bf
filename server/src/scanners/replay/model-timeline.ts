import pLimit, { type LimitFunction } from 'p-limit';
import type { ModelLearner } from '../common/model-learner.ts';
import type { ModelAnswer } from '../common/model-source.ts';
import type { RecordedFolder } from './recorded-folder.ts';
import { ReplayFeed } from './replay-feed.ts';
import type { ReplayPlan } from './replay-plan.ts';
import type { SymbolRecording } from './symbol-recording.ts';

/** A stretch of time and what it is predicted with. */
export interface ModelPeriod {
  /** Epoch ms UTC: the model has seen no candle that closed later. */
  readonly from: number;
  /** `null` without a model. */
  readonly modelId: string | null;
  /** Why there is none. */
  readonly reason: string | null;
}

export interface ModelTimelineOptions {
  readonly plan: ReplayPlan;
  /** From one model to the next. */
  readonly retrainMs: number;
  readonly folder: Pick<RecordedFolder, 'read'>;
  readonly learner: ModelLearner;
  /** Models learned at once. */
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** The models of a replay, each learned from what was known when its time began. They are learned ahead, in order of time. */
export class ModelTimeline {
  readonly #options: ModelTimelineOptions;
  readonly #limit: LimitFunction;
  readonly #models: readonly Promise<ModelAnswer>[];
  #recordings: Promise<readonly SymbolRecording[]> | null = null;

  constructor(options: ModelTimelineOptions) {
    const { plan, retrainMs, threads } = options;
    this.#options = options;
    this.#limit = pLimit(threads);
    const periods = Math.ceil((Math.min(plan.to, plan.endOfData + 1) - plan.from) / retrainMs);
    this.#models = Array.from({ length: periods }, (_, period) => this.#learn(period));
    for (const model of this.#models) model.catch(() => undefined); // who asks for it hears of it
  }

  /** The model for a moment of the replay. @throws the signal's reason */
  async at(moment: number): Promise<ModelAnswer> {
    const model = this.#models[this.#periodOf(moment)];
    return (await model) ?? { model: null, reason: 'no model was learned for this time' };
  }

  /** When the model after that of a moment takes over. */
  endOf(moment: number): number {
    return this.#begin(this.#periodOf(moment) + 1);
  }

  /** All models in order of time. */
  async periods(): Promise<readonly ModelPeriod[]> {
    const answers = await Promise.all(this.#models);
    return answers.map((answer, period) => ({
      from: this.#begin(period),
      modelId: answer.model === null ? null : answer.model.modelId,
      reason: answer.model === null ? answer.reason : null,
    }));
  }

  #periodOf(moment: number): number {
    return Math.floor((moment - this.#options.plan.from) / this.#options.retrainMs);
  }

  #begin(period: number): number {
    return this.#options.plan.from + period * this.#options.retrainMs;
  }

  #learn(period: number): Promise<ModelAnswer> {
    const { learner, plan, signal } = this.#options;
    return this.#limit(async () => {
      signal.throwIfAborted();
      this.#recordings ??= this.#readAll();
      const cutoff = this.#begin(period);
      const feeds = (await this.#recordings).map((recording) => {
        const feed = new ReplayFeed(recording);
        feed.moveTo(cutoff);
        return [recording.symbol, feed] as const;
      });
      return learner.learn({ feeds: new Map(feeds), timeframe: plan.timeframe, cutoff }, signal);
    });
  }

  /** One symbol that cannot be read is missing among those that are learned from; the replay says why. */
  async #readAll(): Promise<readonly SymbolRecording[]> {
    const { plan, folder, signal } = this.#options;
    const recordings: SymbolRecording[] = [];
    for (const { symbol } of plan.symbols) {
      const read = folder.read({ symbol, timeframes: [plan.timeframe], signal });
      recordings.push(...(await read.then((recording) => [recording]).catch(() => [])));
      signal.throwIfAborted();
    }
    return recordings;
  }
}
