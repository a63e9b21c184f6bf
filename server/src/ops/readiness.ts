import { type Clock, type Readiness as ReadinessReport, ScannerError, sleep } from '@fast-scanner/shared';
import { systemClock } from './system-clock.ts';

/** Resolves when the part works; rejects with the reason otherwise. */
export type ReadinessCheck = () => Promise<unknown>;

/** A part that has not answered after this long is not ready. */
const CHECK_TIMEOUT_MS = 2000;

/** Whether the process should be given work: named checks and the draining flag. */
export class Readiness {
  readonly #clock: Clock;
  readonly #checks = new Map<string, ReadinessCheck>();
  #draining = false;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  get draining(): boolean {
    return this.#draining;
  }

  add(name: string, check: ReadinessCheck): void {
    this.#checks.set(name, check);
  }

  /** From now on not ready, for good: the process is about to stop. */
  drain(): void {
    this.#draining = true;
  }

  async report(): Promise<ReadinessReport> {
    const parts = await Promise.all(
      [...this.#checks].map(async ([name, check]) => [name, await this.#run(check)]),
    );
    const checks: Record<string, string> = Object.fromEntries(parts);
    if (this.#draining) checks['process'] = 'draining';
    const isReady = Object.values(checks).every((text) => text === 'ok');
    return { status: isReady ? 'ready' : 'not_ready', checks };
  }

  async #run(check: ReadinessCheck): Promise<string> {
    const done = new AbortController();
    const timeout = sleep(this.#clock, CHECK_TIMEOUT_MS, done.signal).then(
      () => 'no answer',
      () => 'ok',
    );
    try {
      return await Promise.race([check().then(() => 'ok'), timeout]);
    } catch (error) {
      return error instanceof ScannerError ? error.message : 'failing';
    } finally {
      done.abort();
    }
  }
}
