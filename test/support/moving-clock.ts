import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import type { Clock } from '@fast-scanner/shared';

/** A clock that goes as fast as time but may be set ahead: timers do not notice. */
export class MovingClock implements Clock {
  readonly #startMs: number;
  readonly #startedAt = performance.now();
  #aheadMs = 0;

  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  setAhead(byMs: number): void {
    this.#aheadMs += byMs;
  }

  now(): number {
    return this.#startMs + this.#aheadMs + Math.floor(performance.now() - this.#startedAt);
  }

  monotonic(): number {
    return systemClock.monotonic();
  }

  schedule(delayMs: number, task: () => void) {
    return systemClock.schedule(delayMs, task);
  }
}
