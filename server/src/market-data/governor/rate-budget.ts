import type { Clock } from '@fast-scanner/shared';

/** A cut rate grows back to the full one in this time per full rate: from one half in half of it. */
const FULL_RECOVERY_MS = 120_000;
const LOWEST_SHARE = 1 / 16;
/** Sums of fractions may miss 1 by a rounding error. */
const ONE_TOKEN = 1 - 1e-9;

/**
 * A token bucket on the monotonic clock. At its full rate it holds one second's worth of requests, so that a short scan
 * starts at once; after a cut it holds one request, so that they come evenly spaced.
 */
export class RateBudget {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #maxPerSecond: number;
  #tokens: number;
  #filledAt: number;
  #cutShare = 1;
  #cutAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, 'monotonic'>, maxRequestsPerSecond: number) {
    this.#clock = clock;
    this.#maxPerSecond = maxRequestsPerSecond;
    this.#tokens = this.#capacity(1);
    this.#filledAt = clock.monotonic();
  }

  /** Requests a second now allowed. */
  get requestsPerSecond(): number {
    return this.#maxPerSecond * this.#share();
  }

  /** Milliseconds until a request may start; 0 for now. */
  waitMs(): number {
    this.#fill();
    return this.#tokens >= ONE_TOKEN ? 0 : Math.ceil(((1 - this.#tokens) / this.requestsPerSecond) * 1_000);
  }

  /** Spends one request. Call only when `waitMs()` is 0. */
  take(): void {
    this.#fill();
    this.#tokens -= 1;
  }

  /** Halves the rate, which then grows back slowly. */
  halve(): void {
    this.#fill();
    this.#cutShare = Math.max(LOWEST_SHARE, this.#share() / 2);
    this.#cutAt = this.#clock.monotonic();
    this.#tokens = Math.min(this.#tokens, 1);
  }

  #share(): number {
    return Math.min(1, this.#cutShare + (this.#clock.monotonic() - this.#cutAt) / FULL_RECOVERY_MS);
  }

  #capacity(share: number): number {
    return share < 1 ? 1 : Math.max(1, this.#maxPerSecond);
  }

  #fill(): void {
    const now = this.#clock.monotonic();
    const earned = ((now - this.#filledAt) / 1_000) * this.requestsPerSecond;
    this.#tokens = Math.min(this.#capacity(this.#share()), this.#tokens + earned);
    this.#filledAt = now;
  }
}
