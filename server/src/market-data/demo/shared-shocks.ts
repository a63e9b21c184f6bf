import { LRUCache } from 'lru-cache';
import { hashText, SeededRandom } from './seeded-random.ts';

const KEPT_HOURS = 4_096;
const KEPT_DAYS = 8_192;
const HOURS = 24;
const MINUTES = 60;

interface DayShocks {
  /** One unit-variance shock per hour. */
  readonly hours: readonly number[];
  /** The hour in which the day's jumps come. */
  readonly jumpHour: number;
}

/** The random shocks that all symbols feel at the same moment, so that they move together inside the day too. */
export class SharedShocks {
  readonly #seed: number;
  readonly #days = new LRUCache<number, DayShocks>({ max: KEPT_DAYS });
  readonly #minutes = new LRUCache<number, readonly number[]>({ max: KEPT_HOURS });

  constructor(seed: number) {
    this.#seed = seed;
  }

  day(day: number): DayShocks {
    const known = this.#days.get(day);
    if (known) return known;
    const random = new SeededRandom(this.#seed, hashText('day shocks'), day);
    const shocks = { hours: drawShocks(random, HOURS), jumpHour: Math.floor(random.uniform() * HOURS) };
    this.#days.set(day, shocks);
    return shocks;
  }

  /** One shock per minute of an hour, counted since the market opened. */
  minutes(hour: number): readonly number[] {
    const known = this.#minutes.get(hour);
    if (known) return known;
    const random = new SeededRandom(this.#seed, hashText('hour shocks'), hour);
    const shocks = drawShocks(random, MINUTES);
    this.#minutes.set(hour, shocks);
    return shocks;
  }
}

function drawShocks(random: SeededRandom, count: number): readonly number[] {
  const shocks: number[] = [];
  for (let index = 0; index < count; index += 1) shocks.push(random.heavyTailed());
  return shocks;
}
