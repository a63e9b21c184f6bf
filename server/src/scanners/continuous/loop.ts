import { type Clock, type Dispose, ScannerError, type StreamState, toIsoTime } from '@fast-scanner/shared';

export interface LoopOptions {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** One run. What it throws is counted, and the next runs come at longer intervals until one succeeds. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Told when runs begin to fail, and when they succeed again. */
  readonly onChange: (change: 'failing' | 'recovered') => void;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Failures in a row make the interval at most so many times longer. */
const LONGEST_BACKOFF = 16;

/**
 * Does something at the multiples of an interval from its start on, however long it takes and whenever the timers come. A run that is
 * still going on when the next is due is not joined by it: what is left out is counted.
 */
export class Loop {
  readonly #options: LoopOptions;
  readonly #stopping = new AbortController();
  #cancelTimer: Dispose = () => undefined;
  #run: Promise<void> = Promise.resolve();
  /** Monotonic time at which the next run should begin. */
  #dueAt = 0;
  #failuresInARow = 0;
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
    this.#stopping.abort(new ScannerError('cancelled', 'the continuous scanner was stopped'));
    this.#cancelTimer();
    await this.#run;
  }

  #begin(): void {
    const { clock } = this.#options;
    const lagMs = clock.monotonic() - this.#dueAt;
    this.#state = { ...this.#state, last_run_at: toIsoTime(clock.now()), lag_ms: Math.max(0, lagMs) };
    this.#run = this.#runOnce().then(() => this.#plan());
  }

  async #runOnce(): Promise<void> {
    const { clock, work } = this.#options;
    const startedAt = clock.monotonic();
    try {
      await work(this.#stopping.signal);
      this.#succeed();
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#fail(error);
    }
    this.#state = { ...this.#state, last_duration_ms: clock.monotonic() - startedAt };
  }

  #succeed(): void {
    if (this.#failuresInARow > 0) this.#options.onChange('recovered');
    this.#failuresInARow = 0;
  }

  #fail(error: unknown): void {
    if (!(error instanceof ScannerError)) this.#options.onBug(error);
    const { code, detail } = describe(error);
    const at = toIsoTime(this.#options.clock.now());
    this.#state = { ...this.#state, errors: this.#state.errors + 1, last_error: { code, detail, at } };
    this.#failuresInARow += 1;
    if (this.#failuresInARow === 1) this.#options.onChange('failing');
  }

  #plan(): void {
    if (this.#stopping.signal.aborted) return;
    const { clock, intervalMs } = this.#options;
    const wanted = Math.min(LONGEST_BACKOFF, 2 ** this.#failuresInARow);
    const passed = Math.ceil((clock.monotonic() - this.#dueAt) / intervalMs);
    const steps = Math.max(wanted, passed);
    this.#state = { ...this.#state, skipped: this.#state.skipped + Math.max(0, passed - wanted) };
    this.#dueAt += steps * intervalMs;
    this.#cancelTimer = clock.schedule(this.#dueAt - clock.monotonic(), () => this.#begin());
  }
}

function describe(error: unknown): { code: ScannerError['code']; detail: string } {
  if (error instanceof ScannerError) return { code: error.code, detail: error.message };
  return { code: 'internal', detail: 'an unexpected error; the log has the details' };
}
