/** Steps looked back at: long enough to be calm, short enough to notice that things have become slower. */
const WINDOW = 20;

/** How fast work goes at the moment, from its last steps. */
export class MovingRate {
  /** Monotonic time of each step and what was done by then, oldest first. */
  readonly #steps: (readonly [number, number])[];

  constructor(startedAt: number) {
    this.#steps = [[startedAt, 0]];
  }

  /** Takes note that so much is done in all at this monotonic time (ms); answers the seconds left, `null` while nothing is done. */
  etaSeconds(at: number, done: number, remaining: number): number | null {
    this.#steps.push([at, done]);
    if (this.#steps.length > WINDOW + 1) this.#steps.shift();
    const [since, before] = this.#steps[0] ?? [at, done];
    if (done === before) return null;
    return Math.round(((at - since) / (done - before)) * remaining) / 1000;
  }
}
