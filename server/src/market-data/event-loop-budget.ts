import { setImmediate } from 'node:timers/promises';

/**
 * Keeps long computations from holding up the event loop: everyone who shares a budget spends from it, and waits for the next turn of the
 * loop when it is used up. Counted in units of work rather than time, so that it does the same under every clock.
 */
export class EventLoopBudget {
  readonly #unitsPerTurn: number;
  #spent = 0;
  #nextTurn: Promise<void> | null = null;

  constructor(unitsPerTurn: number) {
    this.#unitsPerTurn = unitsPerTurn;
  }

  spend(units: number): void {
    this.#spent += units;
  }

  /** Resolves at once while there is budget left, else when this caller's turn has come. */
  async available(): Promise<void> {
    while (this.#spent >= this.#unitsPerTurn) {
      this.#nextTurn ??= this.#refill();
      await this.#nextTurn;
    }
  }

  async #refill(): Promise<void> {
    await setImmediate();
    this.#spent = 0;
    this.#nextTurn = null;
  }
}
