import { type Clock, type DataSource, ScannerError } from '@fast-scanner/shared';
import { RECORDED_DATA } from '../../market-data/files/recorded-source.ts';
import type { Store } from '../../store/store.ts';
import type { ModelLearner } from '../common/model-learner.ts';
import { type ModelPeriod, ModelTimeline } from './model-timeline.ts';
import { openRecordedFolder, type RecordedFolder } from './recorded-folder.ts';
import { planReplay, type ReplayPlan, type ReplayRequest } from './replay-plan.ts';
import { ReplayRun, type ReplayRunOptions, type ReplayTotals } from './replay-run.ts';
import { createWorkerStepReplayer, type StepReplayer } from './step-replayer.ts';

export interface HistoryReplayerOptions {
  readonly store: Pick<Store, 'commit' | 'deleteSignals'>;
  readonly clock: Clock;
  /** Folder of the recorded candles; `null` when none was named. */
  readonly filesDir: string | null;
  /** Where the clock of the recordings stands; `null` for the end of the data. */
  readonly filesAsOf: number | null;
  /** Symbols when a request names none; `null` for all that are recorded. */
  readonly universe: readonly string[] | null;
  /** Worker threads. */
  readonly threads: number;
  /** Learns the models of replays that predict. */
  readonly learner: ModelLearner;
  /** Default: worker threads that live as long as a replay. */
  readonly createReplayer?: (threads: number) => StepReplayer;
}

export interface ReplayObserver extends Pick<ReplayRunOptions, 'signal' | 'onProgress'> {
  /** So many signals of an earlier replay were removed by now. */
  readonly onRemoved: (count: number) => void;
}

export interface ReplayResult extends ReplayTotals, Omit<ReplayPlan, 'symbols'> {
  /** `cancelled`: the observer's signal was aborted; the totals are of what was done until then. */
  readonly status: 'completed' | 'cancelled';
  readonly dataSource: DataSource;
  readonly symbols: number;
  /** Signals of an earlier replay of the same time that were removed first. */
  readonly removed: number;
  /** What was predicted with, in order of time; none when nothing was predicted, or the replay was cancelled. */
  readonly models: readonly ModelPeriod[];
}

/** Signals removed before the observer hears of it. */
const REMOVED_AT_ONCE = 5_000;

/** Runs the scanner over recorded history as it would have run then, and keeps the signals with what became of them. */
export class HistoryReplayer {
  readonly #options: HistoryReplayerOptions;

  constructor(options: HistoryReplayerOptions) {
    this.#options = options;
  }

  /**
   * Replays a time and replaces what an earlier replay of the same timeframe said of it.
   * @throws ScannerError `invalid_input`, `no_data`, `exchange_unavailable`, `disk_full`, `unavailable`
   */
  async replay(request: ReplayRequest, observer: ReplayObserver): Promise<ReplayResult> {
    const {
      filesDir,
      filesAsOf,
      universe,
      threads,
      createReplayer = createWorkerStepReplayer,
    } = this.#options;
    if (filesDir === null) throw noFolder();
    const folder = await openRecordedFolder(filesDir, filesAsOf, observer.signal);
    const plan = planReplay({ ...request, symbols: request.symbols ?? universe }, folder);
    const removed = await this.#removeEarlier(plan, observer);
    const { signal, onProgress } = observer;
    const models = this.#createModels(plan, folder, signal);
    const replayer = createReplayer(threads);
    const run = new ReplayRun(plan, { ...this.#options, signal, onProgress, folder, replayer, models });
    try {
      const totals = await run.run();
      const status = signal.aborted ? 'cancelled' : 'completed';
      const periods = signal.aborted ? [] : ((await models?.periods()) ?? []);
      const { symbols, ...range } = plan;
      const counts = { symbols: symbols.length, removed, ...totals };
      return { ...range, ...counts, status, dataSource: RECORDED_DATA, models: periods };
    } finally {
      await replayer.close();
    }
  }

  #createModels(plan: ReplayPlan, folder: RecordedFolder, signal: AbortSignal): ModelTimeline | null {
    const { learner, threads } = this.#options;
    const { retrainMs } = plan;
    return retrainMs === null
      ? null
      : new ModelTimeline({ plan, retrainMs, folder, learner, threads, signal });
  }

  async #removeEarlier({ timeframe, from, to }: ReplayPlan, observer: ReplayObserver): Promise<number> {
    const { exchange } = RECORDED_DATA;
    const filter = { origin: 'replay', exchange, timeframe, from, to } as const;
    let removed = 0;
    for (let count = REMOVED_AT_ONCE; count === REMOVED_AT_ONCE && !observer.signal.aborted; ) {
      count = await this.#options.store.deleteSignals(filter, REMOVED_AT_ONCE);
      removed += count;
      if (count > 0) observer.onRemoved(removed);
    }
    return removed;
  }
}

function noFolder(): ScannerError {
  return new ScannerError(
    'exchange_unavailable',
    'the exchange "files" needs FILES_DIR, the folder with the recorded candles',
  );
}
