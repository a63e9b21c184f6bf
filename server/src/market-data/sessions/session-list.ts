import { nyseSessions } from './nyse-sessions.ts';

const YEAR_MS = 366 * 86_400_000;

/** The sessions from a day on, numbered from 0. Made a year at a time, as far as they are asked for, and kept. */
export class SessionList {
  readonly #sessions: number[] = [];
  #madeTo: number;

  /** @param from 00:00 UTC of the first day */
  constructor(from: number) {
    this.#madeTo = from;
  }

  /** How many sessions open at or before a time. */
  countUpTo(timeMs: number): number {
    while (this.#madeTo <= timeMs) this.#extend();
    const later = this.#sessions.findLastIndex((session) => session <= timeMs);
    return later + 1;
  }

  /** The session of a number, as 00:00 UTC of its date. */
  at(index: number): number {
    while (this.#sessions.length <= index) this.#extend();
    return this.#sessions[index] ?? Number.NaN;
  }

  #extend(): void {
    const to = this.#madeTo + YEAR_MS;
    this.#sessions.push(...nyseSessions(this.#madeTo, to));
    this.#madeTo = to;
  }
}
