import type { Clock } from '@fast-scanner/shared';

export interface ReplayClockOptions {
  readonly startMs: number;
  /** How many times as fast as real time; 0 stands still. */
  readonly speed: number;
  /** Its monotonic time drives the replay. */
  readonly clock: Clock;
}

/** The time of recorded data: begins at `startMs` when it is made. Whole milliseconds. */
export function createReplayClock({ startMs, speed, clock }: ReplayClockOptions): () => number {
  const startedAt = clock.monotonic();
  return () => Math.floor(startMs + (clock.monotonic() - startedAt) * speed);
}
