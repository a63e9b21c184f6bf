import type { Clock, Dispose } from '@fast-scanner/shared';

interface Timer {
  readonly dueAt: number;
  readonly task: () => void;
}

/** A clock that moves only when told. Wall and monotonic time may be moved apart with `jumpWall`. */
export class FakeClock implements Clock {
  #wall: number;
  #monotonic = 0;
  #timers: Timer[] = [];

  constructor(startMs = Date.UTC(2026, 0, 5, 12)) {
    this.#wall = startMs;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  schedule(delayMs: number, task: () => void): Dispose {
    const timer = { dueAt: this.#monotonic + Math.max(0, delayMs), task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many timers wait. */
  get pendingTimers(): number {
    return this.#timers.length;
  }

  /** Milliseconds until the next timer is due; `null` when none waits. */
  get nextTimerInMs(): number | null {
    const dueTimes = this.#timers.map((timer) => timer.dueAt);
    return dueTimes.length === 0 ? null : Math.min(...dueTimes) - this.#monotonic;
  }

  /** Changes the wall clock without letting time pass, as a clock correction does. */
  jumpWall(byMs: number): void {
    this.#wall += byMs;
  }

  /** Lets time pass, running due timers in order and giving their promises a turn in between. */
  async advance(byMs: number): Promise<void> {
    const target = this.#monotonic + byMs;
    for (;;) {
      await settle();
      const next = this.#timers
        .filter((timer) => timer.dueAt <= target)
        .reduce<Timer | null>((first, timer) => (first && first.dueAt <= timer.dueAt ? first : timer), null);
      if (!next) break;
      this.#moveTo(next.dueAt);
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.task();
    }
    this.#moveTo(target);
    await settle();
  }

  #moveTo(monotonic: number): void {
    this.#wall += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }
}

/** Gives pending promise callbacks and immediates a turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
