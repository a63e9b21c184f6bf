import type { Clock } from '@fast-scanner/shared';

/** Wall and monotonic time may drift apart by this much before the offset is measured anew. */
const TOLERATED_JUMP_MS = 1_000;

/** The exchange's clock: the local one plus an offset measured against the exchange. Without a measurement the offset is 0. */
export class ExchangeClock {
  readonly #clock: Clock;
  #offsetMs = 0;
  /** Wall minus monotonic time when the offset was measured. */
  #anchor: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#anchor = clock.now() - clock.monotonic();
  }

  now(): number {
    return Math.round(this.#clock.now() + this.#offsetMs);
  }

  /** Whether the local clock was corrected or slept since the last measurement. */
  get jumped(): boolean {
    return Math.abs(this.#clock.now() - this.#clock.monotonic() - this.#anchor) > TOLERATED_JUMP_MS;
  }

  /** Sets the offset from the exchange's answer, taken to be formed half way through the request; `null` when it has none. */
  async measure(fetchTime: () => Promise<number | null>): Promise<void> {
    const sentAt = this.#clock.monotonic();
    const exchangeTime = await fetchTime();
    const answeredAt = this.#clock.monotonic();
    this.#anchor = this.#clock.now() - answeredAt;
    if (exchangeTime === null) return;
    this.#offsetMs = exchangeTime + (answeredAt - sentAt) / 2 - this.#clock.now();
  }
}
