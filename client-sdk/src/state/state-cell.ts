import { callSafely } from '../job.ts';
import { forgetFrame, onNextFrame } from './on-next-frame.ts';
import type { ReadableStore } from './readable-store.ts';

export interface StateCellOptions {
  /** Somebody listens: begin to feed the cell. */
  readonly onWatched?: () => void;
  /** Nobody listens any more. Not called when the next listener comes in the same turn, as it does when React mounts twice. */
  readonly onForgotten?: () => void;
}

/** Holds the state of a store. Changes are told once per frame; what a person waits for is told at once. */
export class StateCell<State> implements ReadableStore<State> {
  readonly #listeners = new Set<() => void>();
  readonly #options: StateCellOptions;
  #told: State;
  #state: State;
  #isFed = false;

  constructor(initial: State, options: StateCellOptions = {}) {
    this.#told = initial;
    this.#state = initial;
    this.#options = options;
  }

  readonly getSnapshot = (): State => this.#told;

  readonly subscribe = (listener: () => void): (() => void) => {
    const own = () => listener(); // the same listener may come twice
    this.#listeners.add(own);
    this.#feed();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) queueMicrotask(this.#starve);
    };
  };

  /** The newest state, told or not. */
  get state(): State {
    return this.#state;
  }

  get isWatched(): boolean {
    return this.#isFed;
  }

  /** The change is told with the next frame. */
  set(state: State): void {
    if (Object.is(state, this.#state)) return;
    this.#state = state;
    if (this.#listeners.size === 0) this.#tell();
    else onNextFrame(this.#tell);
  }

  /** The change is told at once. */
  setNow(state: State): void {
    this.#state = state;
    forgetFrame(this.#tell);
    this.#tell();
  }

  readonly #tell = (): void => {
    if (Object.is(this.#told, this.#state)) return;
    this.#told = this.#state;
    for (const listener of [...this.#listeners]) callSafely(listener, undefined);
  };

  #feed(): void {
    if (this.#isFed) return;
    this.#isFed = true;
    this.#options.onWatched?.();
  }

  readonly #starve = (): void => {
    if (!this.#isFed || this.#listeners.size > 0) return;
    this.#isFed = false;
    forgetFrame(this.#tell);
    this.#tell();
    this.#options.onForgotten?.();
  };
}
