import { type Clock, ScannerError } from '@fast-scanner/shared';
import pLimit from 'p-limit';
import { MovingRate } from '../../jobs/moving-rate.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import type { Store } from '../../store/store.ts';
import { deepTimeframes } from '../common/deep-timeframes.ts';
import type { ModelAnswer } from '../common/model-source.ts';
import type { ModelTimeline } from './model-timeline.ts';
import type { RecordedFolder } from './recorded-folder.ts';
import type { PlannedSymbol, ReplayPlan } from './replay-plan.ts';
import type { ReplayAnswer, ReplayTask, StepFailure } from './replay-task.ts';
import { type StepReplayer, TASKS_PER_THREAD } from './step-replayer.ts';
import type { SymbolRecording } from './symbol-recording.ts';

/** How far a replay is. Steps are scans of one symbol. */
export interface ReplayProgress {
  readonly done: number;
  readonly total: number;
  /** What was worked on last. */
  readonly symbol: string;
  readonly etaSeconds: number | null;
}

/** Steps of a symbol that went wrong for the same reason. */
export interface SymbolStepFailure extends StepFailure {
  readonly symbol: string;
}

/**
 * What a replay did. A step is the scan of one symbol at one moment: `steps = signals + failed + paused + unlisted`, and more when it was
 * cancelled.
 */
export interface ReplayTotals {
  readonly steps: number;
  readonly signals: number;
  /** Signals whose outcome is recorded. */
  readonly settled: number;
  /** Steps without a signal, each among `failures`. */
  readonly failed: number;
  /** Steps without a new candle. */
  readonly paused: number;
  /** Steps before the symbol's first recorded candle had closed. */
  readonly unlisted: number;
  /** In the order of the symbols; also of signals that were made without a deep analysis. */
  readonly failures: readonly SymbolStepFailure[];
}

export interface ReplayRunOptions {
  readonly store: Pick<Store, 'commit'>;
  readonly clock: Clock;
  readonly threads: number;
  readonly folder: RecordedFolder;
  readonly replayer: Pick<StepReplayer, 'replay'>;
  /** `null`: nothing is predicted. */
  readonly models: Pick<ModelTimeline, 'at' | 'endOf'> | null;
  /** Aborting it ends the replay; what is written stays. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReplayProgress) => void;
}

/** Steps of one task: some 0.2 s of a thread's work, and an answer of a megabyte. */
const STEPS_AT_ONCE = 500;
/** Signals of one write: some 30 ms of the event loop, which has nothing else to do. Each write waits for the disk. */
const SIGNALS_AT_ONCE = 500;

const NO_MODEL: ModelAnswer = { model: null, reason: 'this replay predicts nothing' };

/** One replay: every symbol of the plan, some at a time, each in order of time. */
export class ReplayRun {
  readonly #plan: ReplayPlan;
  readonly #options: ReplayRunOptions;
  readonly #halt = new AbortController();
  readonly #signal: AbortSignal;
  readonly #rate: MovingRate;
  readonly #recordedAt: number;
  readonly #total: number;
  readonly #failures = new Map<string, SymbolStepFailure[]>();
  #done = 0;
  #signals = 0;
  #settled = 0;
  #paused = 0;

  constructor(plan: ReplayPlan, options: ReplayRunOptions) {
    const { signal, clock } = options;
    this.#plan = plan;
    this.#options = options;
    this.#signal = AbortSignal.any([signal, this.#halt.signal]);
    this.#rate = new MovingRate(clock.monotonic());
    this.#recordedAt = clock.now();
    this.#total = sumOf(plan.symbols, ({ steps }) => steps);
  }

  /** Ends early, but without an error, when the signal is aborted. @throws ScannerError of the store */
  async run(): Promise<ReplayTotals> {
    const { threads, signal } = this.#options;
    // One more than the threads have tasks for: while one symbol is read or written the others keep them busy.
    const limit = pLimit(threads * TASKS_PER_THREAD + 1);
    this.#report(this.#plan.symbols[0]?.symbol ?? '', 0);
    const work = this.#plan.symbols.map((planned) => limit(() => this.#replaySymbol(planned)));
    await Promise.all(work.map((replayed) => replayed.catch((error) => this.#halt.abort(error))));
    if (!signal.aborted) this.#halt.signal.throwIfAborted();
    return this.#totals();
  }

  async #replaySymbol(planned: PlannedSymbol): Promise<void> {
    const { symbol, steps } = planned;
    this.#signal.throwIfAborted();
    const recording = await this.#attempt(symbol, steps, () => this.#read(symbol));
    let done = 0;
    while (recording && done < steps) {
      const task = await this.#toTask(recording, planned, done);
      const answer = await this.#attempt(symbol, steps - done, () =>
        this.#options.replayer.replay(task, this.#signal),
      );
      if (!answer) return;
      await this.#take(symbol, answer);
      done += task.steps;
      this.#report(symbol, task.steps);
    }
  }

  #read(symbol: string): Promise<SymbolRecording> {
    const timeframes = deepTimeframes(this.#plan.timeframe);
    return this.#options.folder.read({ symbol, timeframes, signal: this.#signal });
  }

  /** `null` when nothing more can be had of the symbol, with the reason noted for its steps that are left. */
  async #attempt<Result>(
    symbol: string,
    stepsLeft: number,
    work: () => Promise<Result>,
  ): Promise<Result | null> {
    try {
      return await work();
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!(error instanceof ScannerError)) throw error;
      const { code, message: detail } = error;
      this.#addFailure(symbol, { code, detail, steps: stepsLeft, hasSignal: false });
      this.#report(symbol, stepsLeft);
      return null;
    }
  }

  /** The next steps, all of which are predicted with the same model. */
  async #toTask(recording: SymbolRecording, planned: PlannedSymbol, done: number): Promise<ReplayTask> {
    const { timeframe, stepMs, from, endOfData } = this.#plan;
    const { models } = this.#options;
    const firstAt = planned.firstAt + done * stepMs;
    const prediction = models ? await models.at(firstAt) : NO_MODEL;
    const ofModel = models ? Math.ceil((models.endOf(firstAt) - firstAt) / stepMs) : STEPS_AT_ONCE;
    const steps = Math.min(STEPS_AT_ONCE, ofModel, planned.steps - done);
    const range = { timeframe, firstAt, stepMs, steps, from, endOfData };
    return { recording, ...range, recordedAt: this.#recordedAt, prediction };
  }

  async #take(symbol: string, { signals, failures, paused }: ReplayAnswer): Promise<void> {
    for (let from = 0; from < signals.length; from += SIGNALS_AT_ONCE) {
      await this.#write(signals.slice(from, from + SIGNALS_AT_ONCE));
    }
    this.#paused += paused;
    for (const failure of failures) this.#addFailure(symbol, failure);
  }

  async #write(putSignals: readonly SignalRecord[]): Promise<void> {
    this.#signal.throwIfAborted();
    await this.#options.store.commit({ putSignals });
    this.#signals += putSignals.length;
    this.#settled += putSignals.filter(({ outcome }) => outcome !== null).length;
  }

  #addFailure(symbol: string, failure: StepFailure): void {
    const known = this.#failures.get(symbol) ?? [];
    const isSame = ({ code, hasSignal }: StepFailure) =>
      code === failure.code && hasSignal === failure.hasSignal;
    const same = known.find(isSame);
    const joined = same ? { ...same, steps: same.steps + failure.steps } : { ...failure, symbol };
    this.#failures.set(symbol, [...known.filter((one) => one !== same), joined]);
  }

  #report(symbol: string, steps: number): void {
    this.#done += steps;
    const [done, total] = [this.#done, this.#total];
    const etaSeconds = this.#rate.etaSeconds(this.#options.clock.monotonic(), done, total - done);
    this.#options.onProgress({ done, total, symbol, etaSeconds });
  }

  #totals(): ReplayTotals {
    const { symbols } = this.#plan;
    const failures = symbols.flatMap(({ symbol }) => this.#failures.get(symbol) ?? []);
    const unlisted = sumOf(symbols, (planned) => planned.unlisted);
    return {
      steps: this.#total + unlisted,
      signals: this.#signals,
      settled: this.#settled,
      failed: sumOf(failures, ({ steps, hasSignal }) => (hasSignal ? 0 : steps)),
      paused: this.#paused,
      unlisted,
      failures,
    };
  }
}

function sumOf<Item>(items: readonly Item[], numberOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + numberOf(item), 0);
}
