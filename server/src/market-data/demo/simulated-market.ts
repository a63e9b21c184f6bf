import { LRUCache } from 'lru-cache';
import type { EventLoopBudget } from '../event-loop-budget.ts';
import type { CandleAccumulator } from './candle-accumulator.ts';
import { BLOCK, BLOCK_STRIDE, type CandleBlock } from './candle-block.ts';
import { DailyPath } from './daily-path.ts';
import { DAY_MS, DEMO_ORIGIN_MS, HOUR_MS, MINUTE_MS } from './demo-time.ts';
import { createHourBlock } from './hour-block.ts';
import { MarketFactors } from './market-factors.ts';
import { createMinuteBlock } from './minute-block.ts';
import { createPartialMinute } from './partial-minute.ts';
import { hashText, SeededRandom } from './seeded-random.ts';
import { SharedShocks } from './shared-shocks.ts';
import type { SymbolProfile } from './symbol-profile.ts';

/** Days of hours (about 1 kB each) and hours of minutes (about 2.5 kB each) kept ready: some 25 MB when full. */
const KEPT_DAYS = 12_000;
const KEPT_HOURS = 4_000;

const HOURS_KEY = hashText('hours');
const MINUTES_KEY = hashText('minutes');

/** Block keys: one number per symbol and day or hour, good for the next millennium. */
const BLOCKS_PER_SYMBOL = 10_000_000;

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What making a block or day costs, in units of reading one candle of a block. */
const COST = { day: 12, hourBlock: 150, minuteBlock: 400 } as const;

/**
 * The whole simulated market: a price and volume path per symbol, fixed by the seed, of which any stretch can be asked for at any time.
 * Days are a sequence; hours fill a day and minutes an hour, each from random numbers of its own, so a candle costs only the parts it is
 * made of. Everything that was made may be forgotten and comes out the same again.
 */
export class SimulatedMarket {
  readonly #seed: number;
  readonly #budget: EventLoopBudget;
  readonly #factors: MarketFactors;
  readonly #shocks: SharedShocks;
  readonly #paths = new Map<string, DailyPath>();
  readonly #hours = new LRUCache<number, CandleBlock>({ max: KEPT_DAYS });
  readonly #minutes = new LRUCache<number, CandleBlock>({ max: KEPT_HOURS });

  constructor(seed: number, budget: EventLoopBudget) {
    this.#seed = seed;
    this.#budget = budget;
    this.#factors = new MarketFactors(seed);
    this.#shocks = new SharedShocks(seed);
  }

  /**
   * Adds everything that traded in `[fromMs, toMs)` to the accumulator, in the longest pieces there are: hours, minutes, and the part of a
   * minute at the end. An empty span adds its price without volume. `fromMs` is the start of a minute at or after the market's opening.
   */
  accumulate(into: CandleAccumulator, profile: SymbolProfile, span: TimeSpan): void {
    let fromMs = span.fromMs;
    do fromMs = this.#addPiece(into, profile, { fromMs, toMs: span.toMs });
    while (fromMs < span.toMs);
  }

  #addPiece(into: CandleAccumulator, profile: SymbolProfile, span: TimeSpan): number {
    const { fromMs, toMs } = span;
    const sinceOpening = fromMs - DEMO_ORIGIN_MS;
    if (sinceOpening % HOUR_MS === 0 && fromMs + HOUR_MS <= toMs) return this.#addHours(into, profile, span);
    this.#budget.spend(1);
    const block = this.#minuteBlock(profile, Math.floor(sinceOpening / HOUR_MS));
    const minute = Math.floor((sinceOpening % HOUR_MS) / MINUTE_MS);
    if (fromMs + MINUTE_MS <= toMs) {
      into.add(block, minute);
      return fromMs + MINUTE_MS;
    }
    const share = (toMs - fromMs) / MINUTE_MS;
    into.add(createPartialMinute(block, minute, { share, ticksPerUnit: profile.ticksPerUnit }), 0);
    return toMs;
  }

  /** The whole hours of the span that belong to the day it begins in. */
  #addHours(into: CandleAccumulator, profile: SymbolProfile, { fromMs, toMs }: TimeSpan): number {
    const sinceOpening = fromMs - DEMO_ORIGIN_MS;
    const block = this.#hourBlock(profile, Math.floor(sinceOpening / DAY_MS));
    const first = (sinceOpening % DAY_MS) / HOUR_MS;
    const end = Math.min(DAY_MS / HOUR_MS, first + Math.floor((toMs - fromMs) / HOUR_MS));
    for (let hour = first; hour < end; hour += 1) into.add(block, hour);
    this.#budget.spend(end - first);
    return fromMs + (end - first) * HOUR_MS;
  }

  #hourBlock(profile: SymbolProfile, day: number): CandleBlock {
    const key = profile.rank * BLOCKS_PER_SYMBOL + day;
    const known = this.#hours.get(key);
    if (known) return known;
    const { hours, jumpHour } = this.#shocks.day(day);
    const random = new SeededRandom(this.#seed, profile.key, HOURS_KEY, day);
    const { ticksPerUnit } = profile;
    const options = { random, shocks: hours, jumpHour, ticksPerUnit };
    const block = createHourBlock(this.#pathOf(profile, day).at(day), options);
    this.#budget.spend(COST.hourBlock);
    this.#hours.set(key, block);
    return block;
  }

  #minuteBlock(profile: SymbolProfile, hour: number): CandleBlock {
    const key = profile.rank * BLOCKS_PER_SYMBOL + hour;
    const known = this.#minutes.get(key);
    if (known) return known;
    const at = (hour % 24) * BLOCK_STRIDE;
    const hours = this.#hourBlock(profile, Math.floor(hour / 24));
    const candle = {
      open: hours[at + BLOCK.open] ?? 0,
      high: hours[at + BLOCK.high] ?? 0,
      low: hours[at + BLOCK.low] ?? 0,
      close: hours[at + BLOCK.close] ?? 0,
      lots: hours[at + BLOCK.lots] ?? 0,
    };
    const random = new SeededRandom(this.#seed, profile.key, MINUTES_KEY, hour);
    const options = { random, shocks: this.#shocks.minutes(hour), ticksPerUnit: profile.ticksPerUnit };
    const block = createMinuteBlock(candle, options);
    this.#budget.spend(COST.minuteBlock);
    this.#minutes.set(key, block);
    return block;
  }

  #pathOf(profile: SymbolProfile, day: number): DailyPath {
    const known = this.#paths.get(profile.symbol);
    const path = known ?? new DailyPath(this.#seed, profile, this.#factors);
    if (!known) this.#paths.set(profile.symbol, path);
    this.#budget.spend(Math.max(0, day + 1 - path.length) * COST.day);
    return path;
  }
}
