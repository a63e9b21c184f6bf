import { type DeepAnalysis, type QuickSignal, ScannerError } from '@fast-scanner/shared';
import type { SignalRecord } from '../../store/signal-record.ts';
import { deepTimeframes } from '../common/deep-timeframes.ts';
import { toScanSignalRecord } from '../common/scan-signal-record.ts';
import { analyzeDeeply, analyzeQuickly, type DeepTask, lastMomentOf } from '../common/symbol-analysis.ts';
import { RecordedFuture } from './recorded-future.ts';
import { createReplayAnalyst } from './replay-analyst.ts';
import { ReplayFeed } from './replay-feed.ts';
import type { ReplayAnswer, ReplayTask, StepFailure } from './replay-task.ts';

/** Scans a symbol at one moment after the other, both phases, by the code and with the windows of a scan that runs at that moment. */
export async function replaySteps(task: ReplayTask): Promise<ReplayAnswer> {
  const replay = new SymbolReplay(task);
  for (let step = 0; step < task.steps; step += 1) await replay.scanAt(task.firstAt + step * task.stepMs);
  return replay.answer();
}

class SymbolReplay {
  readonly #task: ReplayTask;
  readonly #feed: ReplayFeed;
  readonly #future: RecordedFuture;
  readonly #deepTask: Omit<DeepTask, 'asOf' | 'now'>;
  readonly #signals: SignalRecord[] = [];
  readonly #failures = new Map<string, StepFailure>();
  #paused = 0;

  constructor(task: ReplayTask) {
    const { recording, timeframe, endOfData, prediction } = task;
    const { symbol } = recording;
    this.#task = task;
    this.#feed = new ReplayFeed(recording);
    this.#future = new RecordedFuture(recording, timeframe, endOfData);
    this.#deepTask = {
      scanId: '',
      symbol,
      universe: [symbol],
      timeframe,
      feed: this.#feed,
      keeper: { keep: () => undefined }, // they are recorded
      signal: new AbortController().signal,
      analyst: createReplayAnalyst(),
      models: { find: async () => prediction },
      timeframes: deepTimeframes(timeframe),
    };
  }

  async scanAt(now: number): Promise<void> {
    this.#feed.moveTo(now);
    const quick = await this.#try(analyzeQuickly({ ...this.#deepTask, now }), false);
    if (quick === null) return;
    if (!this.#isNew(quick, now)) {
      this.#paused += 1;
      return;
    }
    const asOf = lastMomentOf(quick, now);
    const deep = await this.#try(analyzeDeeply({ ...this.#deepTask, now, asOf }), true);
    this.#signals.push(this.#toRecord(quick, deep));
  }

  answer(): ReplayAnswer {
    return { signals: this.#signals, failures: [...this.#failures.values()], paused: this.#paused };
  }

  /** Whether its candle closed after the step before, and within the range. */
  #isNew({ candleCloseTime }: QuickSignal, now: number): boolean {
    const closed = Date.parse(candleCloseTime);
    return closed > now - this.#task.stepMs && closed >= this.#task.from;
  }

  #toRecord(quick: QuickSignal, deep: DeepAnalysis | null): SignalRecord {
    const record = toScanSignalRecord({ quick, deep, recordedAt: this.#task.recordedAt }, 'replay');
    return { ...record, outcome: this.#future.outcomeOf(record) };
  }

  async #try<Result>(work: Promise<Result>, hasSignal: boolean): Promise<Result | null> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof ScannerError)) throw error;
      const { code, message: detail } = error;
      const key = `${code} ${hasSignal}`;
      const known = this.#failures.get(key);
      this.#failures.set(
        key,
        known ? { ...known, steps: known.steps + 1 } : { code, detail, steps: 1, hasSignal },
      );
      return null;
    }
  }
}
