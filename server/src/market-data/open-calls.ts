import { setMaxListeners } from 'node:events';
import { ScannerError } from '@fast-scanner/shared';

/**
 * The calls a source has in flight. Each ends as soon as its caller aborts or the source closes, whatever its work still waits for;
 * the work sees the same signal and stops at its next step.
 */
export class OpenCalls {
  readonly #closing = new AbortController();
  readonly #work = new Set<Promise<unknown>>();

  /** Runs `work`. Rejects with the caller's reason, or with `unavailable` once closed. */
  run<Result>(
    caller: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    for (const signal of [this.#closing.signal, caller]) {
      if (signal?.aborted) return Promise.reject(signal.reason);
    }
    const call = new AbortController();
    const signals = [this.#closing.signal, ...(caller ? [caller] : [])];
    // A scan's calls share one signal: as many listeners as calls are no leak.
    setMaxListeners(0, ...signals);
    return new Promise<Result>((resolve, reject) => {
      const leave = (event: Event) => call.abort((event.target as AbortSignal).reason); // listeners of signals only
      for (const signal of signals) signal.addEventListener('abort', leave, { once: true });
      call.signal.addEventListener('abort', () => reject(call.signal.reason), { once: true });
      const done = this.#track(work(call.signal));
      done.then(resolve, reject).finally(() => {
        for (const signal of signals) signal.removeEventListener('abort', leave);
      });
    });
  }

  /** Refuses new calls, ends those in flight and waits for their work. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(new ScannerError('unavailable', 'The market data source is closed'));
    await Promise.allSettled(this.#work);
  }

  #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#work.add(work);
    const forget = () => this.#work.delete(work);
    work.then(forget, forget);
    return work;
  }
}
