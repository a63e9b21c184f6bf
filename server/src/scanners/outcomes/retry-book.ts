import type { Clock } from '@fast-scanner/shared';

const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;

interface Failing {
  readonly failures: number;
  /** Monotonic. */
  readonly retryAt: number;
}

/** Who failed, and when it is worth another try: after a minute, then twice as long with each failure in a row, an hour at most. */
export class RetryBook {
  readonly #clock: Clock;
  readonly #failing = new Map<string, Failing>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isWaiting(key: string): boolean {
    const failing = this.#failing.get(key);
    return failing !== undefined && this.#clock.monotonic() < failing.retryAt;
  }

  noteFailure(key: string): void {
    const failures = (this.#failing.get(key)?.failures ?? 0) + 1;
    const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    this.#failing.set(key, { failures, retryAt: this.#clock.monotonic() + waitMs });
  }

  noteSuccess(key: string): void {
    this.#failing.delete(key);
  }
}
