import { setMaxListeners } from 'node:events';

interface Flight<Value> {
  readonly result: Promise<Value>;
  readonly controller: AbortController;
  waiters: number;
}

/**
 * Lets concurrent callers of the same key share one piece of work. A caller that aborts leaves at once; the work itself is
 * aborted only when the last of them has left.
 */
export class SingleFlight<Value> {
  readonly #flights = new Map<string, Flight<Value>>();

  /** Joins the work under way for `key`, or starts it. Rejects with the signal's reason when this caller aborts. */
  run(key: string, start: (signal: AbortSignal) => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const flight = this.#flights.get(key) ?? this.#launch(key, start);
    return this.#wait(key, flight, signal);
  }

  /** Aborts everything under way and resolves when it has ended. */
  async abortAll(reason: Error): Promise<void> {
    const flights = [...this.#flights.values()];
    for (const flight of flights) flight.controller.abort(reason);
    await Promise.allSettled(flights.map((flight) => flight.result));
  }

  #launch(key: string, start: (signal: AbortSignal) => Promise<Value>): Flight<Value> {
    const controller = new AbortController();
    const result = start(controller.signal).finally(() => this.#forget(key, flight));
    const flight: Flight<Value> = { result, controller, waiters: 0 };
    this.#flights.set(key, flight);
    return flight;
  }

  #wait(key: string, flight: Flight<Value>, signal: AbortSignal | undefined): Promise<Value> {
    flight.waiters += 1;
    // All requests of a scan share its signal; Node would warn of a leak at the eleventh.
    if (signal) setMaxListeners(0, signal);
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal?.reason);
        flight.waiters -= 1;
        if (flight.waiters > 0) return;
        this.#forget(key, flight);
        flight.controller.abort(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      flight.result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    });
  }

  /** Whoever comes later starts anew. */
  #forget(key: string, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
