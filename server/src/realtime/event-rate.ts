import type { Clock } from '@fast-scanner/shared';

export interface EventRateOptions {
  readonly perSecond: number;
  /** How many may come at once. */
  readonly burst: number;
}

/** Counts what a client sends: a bucket that refills steadily. */
export class EventRate {
  readonly #clock: Clock;
  readonly #options: EventRateOptions;
  #left: number;
  #refilledAt: number;

  constructor(clock: Clock, options: EventRateOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#left = options.burst;
    this.#refilledAt = clock.monotonic();
  }

  /** Whether one more is within the limit. */
  take(): boolean {
    const { perSecond, burst } = this.#options;
    const now = this.#clock.monotonic();
    this.#left = Math.min(burst, this.#left + ((now - this.#refilledAt) / 1000) * perSecond);
    this.#refilledAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
