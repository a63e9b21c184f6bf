import type { StoredEvent } from '../store/store.ts';

export interface NextEvents {
  readonly events: readonly StoredEvent[];
  /** Nothing follows these events. */
  readonly terminal: boolean;
}

/** Events kept for a reader that is busy; one that falls further behind has to read the store. */
const CAPACITY = 256;

/** What a follower has heard and not read yet, in bounded memory. It starts out as having missed something. */
export class LiveTail {
  #events: StoredEvent[] = [];
  #isTerminal = false;
  #hasMissed = true;
  #wake: () => void = () => {};

  push(events: readonly StoredEvent[], terminal: boolean): void {
    this.#isTerminal ||= terminal;
    if (this.#events.length + events.length > CAPACITY) this.miss();
    else this.#events.push(...events);
    this.#wake();
  }

  /** The reader has to read the store next. */
  miss(): void {
    this.#hasMissed = true;
    this.#events = [];
  }

  /** What was heard after `seq`; `null` when the store has to be read because something may be missing in between. */
  take(seq: number): NextEvents | null {
    const events = this.#events.filter((event) => event.seq > seq);
    const isGapless = !this.#hasMissed && (events[0]?.seq ?? seq + 1) === seq + 1;
    this.#events = [];
    this.#hasMissed = false;
    return isGapless ? { events, terminal: this.#isTerminal } : null;
  }

  /** Resolves when there is something to take, or at `stop`. */
  async heard(): Promise<void> {
    if (this.#events.length > 0 || this.#hasMissed) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Wakes the reader, which has to look at why. */
  stop(): void {
    this.#hasMissed = true;
    this.#wake();
  }
}
