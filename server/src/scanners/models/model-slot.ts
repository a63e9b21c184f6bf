import {
  type DataSource,
  type ModelEntry,
  ScannerError,
  type Timeframe,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import type { ModelAnswer } from '../common/model-source.ts';
import { describeModel } from './describe-model.ts';
import type { KeptModel } from './model-archive.ts';
import { MOST_SYMBOLS, nextCutoff } from './training-policy.ts';

type Progress = NonNullable<ModelEntry['progress']>;

interface Failure {
  readonly reason: string;
  /** Close of the newest candle the failed training could have looked at. */
  readonly cutoff: number;
}

/** What is known and done about the model of one exchange and timeframe. Decides nothing that takes a clock. */
export class ModelSlot {
  readonly dataSource: DataSource;
  readonly timeframe: Timeframe;
  #kept: KeptModel | null;
  readonly #asked = new Set<string>();
  #wantedSince: number | null = null;
  #isOrdered = false;
  #progress: Progress | null = null;
  #failure: Failure | null = null;
  #attemptedAt: number | null = null;

  constructor(dataSource: DataSource, timeframe: Timeframe, kept: KeptModel | null) {
    this.dataSource = dataSource;
    this.timeframe = timeframe;
    this.#kept = kept;
  }

  /** As people call it: `demo 1h`. */
  get name(): string {
    return `${this.dataSource.exchange} ${this.timeframe}`;
  }

  /** Monotonic time since when somebody wants a model that is not there or may be too old; `null` when nobody does. */
  get wantedSince(): number | null {
    return this.#wantedSince;
  }

  /** Whether it is to be trained as soon as it is its turn. */
  get isOrdered(): boolean {
    return this.#isOrdered;
  }

  /** Symbols whose predictions were asked for, first come, first served. */
  get asked(): readonly string[] {
    return [...this.#asked];
  }

  /** The training that nobody ordered waits until this candle has closed; `null` when it may begin now. */
  get nextCutoff(): number | null {
    if (this.#failure) return this.#failure.cutoff + timeframeMs(this.timeframe);
    if (!this.#kept) return null;
    const { cutoff, symbols, report } = this.#kept.record;
    return nextCutoff({
      timeframe: this.timeframe,
      cutoff,
      samples: report.samples,
      symbols: symbols.length,
    });
  }

  /** Whether a training that nobody ordered is due when the newest candle closed at `cutoff`; also when the clock was put back. */
  isStaleAt(cutoff: number): boolean {
    const { nextCutoff: next } = this;
    const last = this.#failure ?? this.#kept?.record;
    return next === null || last === undefined || cutoff >= next || cutoff < last.cutoff;
  }

  /** Somebody wants a prediction. */
  want(symbol: string, at: number): void {
    this.#wantedSince ??= at;
    if (this.#asked.size < MOST_SYMBOLS) this.#asked.add(symbol);
  }

  /** The model is good enough for now. */
  forgetWish(): void {
    if (this.#kept && !this.#failure) this.#wantedSince = null;
  }

  /** Somebody wants it trained, now that the newest candle closed at `cutoff`. @throws ScannerError `conflict` */
  order(cutoff: number): void {
    const conflict = this.#findConflict(cutoff);
    if (conflict !== null) throw new ScannerError('conflict', conflict);
    this.#isOrdered = true;
  }

  #findConflict(cutoff: number): string | null {
    if (this.#progress) return `the model of ${this.name} is being trained already`;
    if (this.#isOrdered) return `the model of ${this.name} waits for its training already`;
    if (this.#failure || this.#kept?.record.cutoff !== cutoff) return null;
    const next = toIsoTime(cutoff + timeframeMs(this.timeframe));
    return `the model of ${this.name} has learned from every candle that has closed; the next one closes at ${next}`;
  }

  begin(at: number): void {
    this.#isOrdered = false;
    this.#attemptedAt = at;
    this.#progress = { stage: 'reading', done: 0, total: 0 };
  }

  advance(progress: Progress): void {
    this.#progress = progress;
  }

  succeed(kept: KeptModel): void {
    this.#kept = kept;
    this.#failure = null;
    this.#progress = null;
    this.#wantedSince = null;
  }

  /** It stays wanted, so that it is tried again. */
  fail(failure: Failure): void {
    this.#failure = failure;
    this.#progress = null;
  }

  /** What a deep analysis is told. `isTraining` is false when models are not trained in this process. */
  answer(isTraining: boolean): ModelAnswer {
    if (this.#kept) return { model: this.#kept.shared };
    return { model: null, reason: this.#explainLack(isTraining) };
  }

  describe(isTraining: boolean): ModelEntry {
    const next = this.nextCutoff;
    return {
      exchange: this.dataSource.exchange,
      dataSource: this.dataSource,
      timeframe: this.timeframe,
      status: this.#status(),
      reason: this.#explain(isTraining),
      progress: this.#progress,
      model: this.#kept && describeModel(this.#kept.record),
      attemptedAt: this.#attemptedAt === null ? null : toIsoTime(this.#attemptedAt),
      nextTrainingAt: next === null ? null : toIsoTime(next),
    };
  }

  #status(): ModelEntry['status'] {
    if (this.#progress) return 'training';
    if (this.#isOrdered) return 'waiting';
    if (this.#kept) return 'ready';
    return this.#failure ? 'failed' : 'waiting';
  }

  #explain(isTraining: boolean): string | null {
    if (this.#isOrdered) return 'it is trained when no other model is';
    if (!this.#kept) return this.#explainLack(isTraining);
    return this.#failure && `the last training failed, the older model predicts: ${this.#failure.reason}`;
  }

  #explainLack(isTraining: boolean): string {
    const then = 'the newest scan gets its predictions when it is ready';
    if (this.#progress) return `the model of ${this.name} is being trained${this.#sayProgress()}; ${then}`;
    if (this.#failure) {
      const next = toIsoTime(this.#failure.cutoff + timeframeMs(this.timeframe));
      return `there is no model of ${this.name}: ${this.#failure.reason}; it is tried again after ${next}`;
    }
    if (isTraining) return `the model of ${this.name} is trained as soon as the scanner is quiet; ${then}`;
    return `there is no model of ${this.name}; a server trains one after its first scan`;
  }

  #sayProgress(): string {
    if (this.#progress?.stage !== 'reading' || this.#progress.total === 0) return '';
    return ` (${this.#progress.done} of ${this.#progress.total} symbols read)`;
  }
}
