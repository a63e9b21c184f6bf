import type { Clock, Dispose } from '@fast-scanner/shared';

/** Runs a task when asked to, at once or as soon as the interval since it last did something has passed. */
export class Throttle {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #task: () => boolean;
  /** Monotonic. */
  #didAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: Dispose | null = null;

  /** `task` answers whether it did something; when there was nothing to do the interval does not begin. */
  constructor(clock: Clock, intervalMs: number, task: () => boolean) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#task = task;
  }

  request(): void {
    if (this.#cancelTimer) return;
    const waitMs = this.#didAt + this.#intervalMs - this.#clock.monotonic();
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
    if (this.#task()) this.#didAt = this.#clock.monotonic();
  }
}
