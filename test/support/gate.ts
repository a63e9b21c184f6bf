/** A door that is shut until somebody opens it. */
export class Gate {
  #open: () => void = () => undefined;
  readonly #passed = new Promise<void>((resolve) => {
    this.#open = resolve;
  });
  /** How many wait or waited at the door. */
  arrived = 0;

  open(): void {
    this.#open();
  }

  /** Waits until the door is open, or rejects when the signal aborts. */
  async pass(signal?: AbortSignal): Promise<void> {
    this.arrived += 1;
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      void this.#passed.then(resolve);
    });
  }
}
