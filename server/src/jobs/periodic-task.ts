import type { Clock, Dispose } from '@fast-scanner/shared';

export interface PeriodicTaskOptions {
  readonly clock: Clock;
  /** From the end of one round to the next. */
  readonly intervalMs: number;
  readonly work: () => Promise<void>;
  /** Hears of what a round threw; the next one comes all the same. */
  readonly onError: (error: unknown) => void;
}

/** Does something now and from time to time, one round at a time. */
export class PeriodicTask {
  readonly #options: PeriodicTaskOptions;
  #cancelNext: Dispose = () => undefined;
  #round: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: PeriodicTaskOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, intervalMs, work, onError } = this.#options;
    this.#round = work()
      .catch(onError)
      .then(() => {
        if (!this.#isStopped) this.#cancelNext = clock.schedule(intervalMs, () => this.start());
      });
  }

  /** Waits for the round under way. Idempotent. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelNext();
    await this.#round;
  }
}
