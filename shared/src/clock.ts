/** Undoes a subscription, timer or registration. Calling it twice is harmless. */
export type Dispose = () => void;

/** Time as the program sees it; tests put a fake one in its place. */
export interface Clock {
  /** Wall clock, epoch ms UTC. May jump. */
  now(): number;
  /** Monotonic milliseconds with an arbitrary origin: the only clock durations are measured with. */
  monotonic(): number;
  /** Runs `task` once after `delayMs`. Does not keep the process alive. */
  schedule(delayMs: number, task: () => void): Dispose;
}

/** Resolves after `delayMs`, or rejects with the signal's reason as soon as it aborts. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      dispose();
      reject(signal?.reason);
    };
    const dispose = clock.schedule(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
