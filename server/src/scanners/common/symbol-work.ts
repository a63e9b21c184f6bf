import { setImmediate } from 'node:timers/promises';
import { type Clock, type ErrorCode, ScannerError, type SymbolFailure, sleep } from '@fast-scanner/shared';
import type { Priority, TaskOptions, WorkQueue } from '../../jobs/work-queue.ts';
import { withDeadline } from '../../market-data/deadline.ts';
import { toSymbolFailure } from './symbol-analysis.ts';

/** Why a job was stopped from outside. After `shutdown` it stays `running` in the store and is resumed at the next start. */
export type StopReason = 'cancelled' | 'shutdown';

export interface SymbolWorkOptions {
  /** What people call the job. */
  readonly noun: 'scan' | 'run' | 'market scan';
  /** Id of the job: jobs take turns in the queues. */
  readonly owner: string;
  readonly priority: Priority;
  readonly clock: Clock;
  /** Longest time one symbol may take in one step. */
  readonly symbolDeadlineMs: number;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** What is done with a symbol, and where it waits its turn. */
export interface SymbolStep<Result> {
  readonly queue: WorkQueue;
  readonly analyze: (symbol: string, signal: AbortSignal) => Promise<Result>;
}

/** How long to wait before an ended job is written again when the store could not take it. */
const STORE_RETRY_MS = 1000;

/** The work of one job on its symbols: each on a queue and under a deadline, all stopped at once when the job is. */
export class SymbolWork {
  readonly #options: SymbolWorkOptions;
  readonly #halt = new AbortController();
  #stopReason: StopReason | null = null;
  #isShuttingDown = false;

  constructor(options: SymbolWorkOptions) {
    this.#options = options;
  }

  /** Aborts when the job is stopped or one of its symbols brought it down. */
  get signal(): AbortSignal {
    return this.#halt.signal;
  }

  /** How the job's tasks stand in any queue. */
  get turn(): Required<TaskOptions> {
    const { priority, owner } = this.#options;
    return { priority, owner, signal: this.#halt.signal };
  }

  /** The first reason it was stopped for; `null` when it was not. */
  get stopReason(): StopReason | null {
    return this.#stopReason;
  }

  /** Stops all symbols in flight and their upstream requests. */
  stop(reason: StopReason): void {
    this.#isShuttingDown ||= reason === 'shutdown';
    this.#stopReason ??= reason;
    this.halt(this.#stopError(this.#stopReason));
  }

  /** Ends the job early because of an error. The first one counts. */
  halt(error: unknown): void {
    this.#halt.abort(error);
  }

  /** One step of one symbol, when it is its turn. */
  run<Result>(symbol: string, { queue, analyze }: SymbolStep<Result>): Promise<Result> {
    const { clock, symbolDeadlineMs: deadlineMs } = this.#options;
    const { signal } = this.#halt;
    const analyzeInTime = async () => {
      await setImmediate(); // what is cached is all computing, and a hundred symbols in a row would hold up everybody else
      signal.throwIfAborted();
      return withDeadline({ clock, signal, deadlineMs }, (inner) => analyze(symbol, inner));
    };
    return queue.run(analyzeInTime, this.turn);
  }

  /** Works on all items at once and waits for all; whatever is thrown halts the job and is thrown in the end. */
  async forEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    await Promise.all(items.map((item) => work(item).catch((error) => this.halt(error))));
    this.signal.throwIfAborted();
  }

  /** What an error means for its symbol. What ends the whole job is no failure of the symbol and is thrown on. */
  toFailure(symbol: string, error: unknown): SymbolFailure {
    this.signal.throwIfAborted();
    if (error instanceof ScannerError && error.code === 'exchange_denied') throw error; // it will deny every symbol
    if (!(error instanceof ScannerError)) this.#options.onBug(error);
    return toSymbolFailure(symbol, error);
  }

  /** Writes the job's end, again and again while the store cannot take it, but not past a shutdown. */
  async persist(write: () => Promise<void>): Promise<void> {
    const { clock, onBug } = this.#options;
    for (;;) {
      try {
        return await write();
      } catch (failure) {
        if (!isStoreTrouble(failure)) onBug(failure);
        if (!isStoreTrouble(failure) || this.#isShuttingDown) throw failure;
        await sleep(clock, STORE_RETRY_MS);
      }
    }
  }

  #stopError(reason: StopReason): ScannerError {
    const { noun } = this.#options;
    const errors: Readonly<Record<StopReason, readonly [ErrorCode, string]>> = {
      cancelled: ['cancelled', `the ${noun} was cancelled`],
      shutdown: ['unavailable', `the server is shutting down; the ${noun} goes on when it is back`],
    };
    return new ScannerError(...errors[reason]);
  }
}

function isStoreTrouble(error: unknown): boolean {
  return error instanceof ScannerError && (error.code === 'disk_full' || error.code === 'unavailable');
}
