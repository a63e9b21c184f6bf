import type { Clock, Dispose } from '@fast-scanner/shared';

/** Runs a task when asked to, at once or as soon as the interval since its last run has passed. */
export class Throttle {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #task: () => void;
  /** Monotonic. */
  #ranAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: Dispose | null = null;

  constructor(clock: Clock, intervalMs: number, task: () => void) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#task = task;
  }

  request(): void {
    if (this.#cancelTimer) return;
    const waitMs = this.#ranAt + this.#intervalMs - this.#clock.monotonic();
    if (waitMs <= 0) this.#run();
    else this.#cancelTimer = this.#clock.schedule(waitMs, () => this.#run());
  }

  /** Takes back what was requested and has not run. */
  cancel(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #run(): void {
    this.#cancelTimer = null;
    this.#ranAt = this.#clock.monotonic();
    this.#task();
  }
}
