import { type Clock, type Dispose, ScannerError, type StreamState, toIsoTime } from '@fast-scanner/shared';

export type LoopChange = 'failing' | 'recovered';

export interface LoopOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** One run. What it throws is counted, and the next runs come at longer intervals until one succeeds. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Tells that runs have begun to fail, or succeed again. When it cannot, it is asked again after the next run, unless that takes it back. */
  readonly onChange: (change: LoopChange) => Promise<void>;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Failures in a row make the interval at most so many times longer. */
const LONGEST_BACKOFF = 8;

/**
 * Does something at the multiples of an interval from its start on, however long it takes and whenever the timers come. A run that is
 * still going on when the next is due is not joined by it: what is left out is counted.
 */
export class Loop {
  readonly #options: LoopOptions;
  #cancelTimer: Dispose = () => undefined;
  #run: Promise<void> = Promise.resolve();
  #abort = new AbortController();
  #isStopped = false;
  /** Monotonic time at which the next run should begin. */
  #dueAt = 0;
  #failuresInARow = 0;
  #isToldFailing = false;
  #state: Omit<StreamState, 'interval_s'> = {
    last_run_at: null,
    last_duration_ms: null,
    lag_ms: null,
    errors: 0,
    skipped: 0,
    last_error: null,
  };

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  get state(): StreamState {
    return { interval_s: this.#options.intervalMs / 1000, ...this.#state };
  }

  /** Runs at once, then at the multiples. */
  start(): void {
    this.#dueAt = this.#options.clock.monotonic();
    this.#begin();
  }

  /** Ends the run under way and waits for it. Idempotent. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#abort.abort(new ScannerError('cancelled', 'the continuous scanner was stopped'));
    this.#cancelTimer();
    await this.#run;
  }

  /** Counts the failure of a part of a run: the others are not delayed by it. */
  note(error: unknown): void {
    const { clock, onBug } = this.#options;
    if (!(error instanceof ScannerError)) onBug(error);
    const last_error = { ...describe(error), at: toIsoTime(clock.now()) };
    this.#state = { ...this.#state, errors: this.#state.errors + 1, last_error };
  }

  #begin(): void {
    // Each run has a signal of its own: what listens to it goes with the run.
    this.#abort = new AbortController();
    this.#run = this.#runOnce(this.#abort.signal).then(() => this.#plan());
  }

  async #runOnce(signal: AbortSignal): Promise<void> {
    const { clock, work } = this.#options;
    const startedAt = clock.monotonic();
    const lag_ms = Math.max(0, startedAt - this.#dueAt);
    const last_run_at = toIsoTime(clock.now());
    try {
      await work(signal);
      this.#failuresInARow = 0;
    } catch (error) {
      if (!this.#isStopped) this.#fail(error);
    }
    this.#state = { ...this.#state, last_run_at, lag_ms, last_duration_ms: clock.monotonic() - startedAt };
    if (!this.#isStopped) await this.#tellChange();
  }

  #fail(error: unknown): void {
    this.note(error);
    this.#failuresInARow += 1;
  }

  async #tellChange(): Promise<void> {
    const { onChange, onBug } = this.#options;
    const isFailing = this.#failuresInARow > 0;
    if (isFailing === this.#isToldFailing) return;
    try {
      await onChange(isFailing ? 'failing' : 'recovered');
      this.#isToldFailing = isFailing;
    } catch (error) {
      if (!(error instanceof ScannerError)) onBug(error);
    }
  }

  #plan(): void {
    if (this.#isStopped) return;
    const { clock, intervalMs } = this.#options;
    const wanted = Math.min(LONGEST_BACKOFF, 2 ** this.#failuresInARow);
    const passed = Math.ceil((clock.monotonic() - this.#dueAt) / intervalMs);
    this.#state = { ...this.#state, skipped: this.#state.skipped + Math.max(0, passed - wanted) };
    this.#dueAt += Math.max(wanted, passed) * intervalMs;
    this.#cancelTimer = clock.schedule(this.#dueAt - clock.monotonic(), () => this.#begin());
  }
}

function describe(error: unknown): { code: ScannerError['code']; detail: string } {
  if (error instanceof ScannerError) return { code: error.code, detail: error.message };
  return { code: 'internal', detail: 'an unexpected error; the log has the details' };
}
