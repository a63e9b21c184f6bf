import type { MarketFactors } from './market-factors.ts';
import { ReturnFactor } from './return-factor.ts';
import { hashText, SeededRandom } from './seeded-random.ts';
import type { SymbolProfile } from './symbol-profile.ts';
import { toTick } from './to-tick.ts';

/** One day of a symbol, before it is filled with hours. */
export interface PathDay {
  readonly open: number;
  readonly close: number;
  /** The part of the log return that comes at once. */
  readonly jump: number;
  /** Standard deviation of the rest. */
  readonly volatility: number;
  /** Traded amount in lots. */
  readonly lots: number;
}

/** Share of the distance to the anchor price that is made good each day: prices stay within reach of it over decades. */
const REVERSION_PER_DAY = 0.006;
const OWN_JUMP_RATE = 0.02;
const VOLUME_MEMORY = 0.93;
const VOLUME_NOISE = 0.14;
/** Even the quietest day trades this many lots. */
const FEWEST_LOTS = 1_440;

/** Days that a path may grow by before it needs new memory. */
const SPARE_DAYS = 400;

const PATH_FIELDS = ['close', 'jump', 'volatility', 'lots'] as const;
type PathColumns = Readonly<Record<(typeof PATH_FIELDS)[number], Float64Array>>;

/**
 * The daily skeleton of one symbol: β × market + sector + its own story, pulled slowly towards its anchor price. Made in order from the
 * first day and kept, as columns because there are many (32 bytes a day).
 */
export class DailyPath {
  readonly #profile: SymbolProfile;
  readonly #factors: MarketFactors;
  readonly #own: ReturnFactor;
  readonly #random: SeededRandom;
  readonly #firstOpen: number;
  #columns = allocatePath(0);
  #length = 0;
  #logVolume = 0;

  constructor(seed: number, profile: SymbolProfile, factors: MarketFactors) {
    this.#profile = profile;
    this.#factors = factors;
    const own = { dailyVolatility: profile.ownVolatility, jumpRate: OWN_JUMP_RATE };
    this.#own = new ReturnFactor([seed, profile.key, hashText('own')], own);
    this.#random = new SeededRandom(seed, profile.key, hashText('volume'));
    this.#firstOpen = toTick(
      profile.anchorPrice * Math.exp(0.4 * this.#random.normal()),
      profile.ticksPerUnit,
    );
  }

  /** Days made so far. */
  get length(): number {
    return this.#length;
  }

  /** A day by its number since the market opened (0 is the first). */
  at(day: number): PathDay {
    if (day >= this.#length) this.#extendTo(day);
    const { close, jump, volatility, lots } = this.#columns;
    return {
      open: close[day - 1] ?? this.#firstOpen,
      close: close[day] ?? Number.NaN,
      jump: jump[day] ?? Number.NaN,
      volatility: volatility[day] ?? Number.NaN,
      lots: lots[day] ?? Number.NaN,
    };
  }

  #extendTo(day: number): void {
    if (day >= this.#columns.close.length) this.#columns = allocatePath(day + SPARE_DAYS, this.#columns);
    let price = this.#columns.close[this.#length - 1] ?? this.#firstOpen;
    for (; this.#length <= day; this.#length += 1) price = this.#step(price);
  }

  /** Writes the next day, which opens at the given price; answers its close. */
  #step(open: number): number {
    const { beta, sector, anchorPrice, ticksPerUnit } = this.#profile;
    const day = this.#length;
    const market = this.#factors.market(day);
    const group = this.#factors.sector(sector, day);
    const own = this.#own;
    own.step();
    const pull = REVERSION_PER_DAY * Math.log(anchorPrice / open);
    const logReturn = beta * market.logReturn + group.logReturn + own.logReturn + pull;
    const close = toTick(open * Math.exp(logReturn), ticksPerUnit);
    const variance = (beta * market.volatility) ** 2 + group.volatility ** 2 + own.volatility ** 2;
    this.#columns.close[day] = close;
    this.#columns.jump[day] = beta * market.jump + group.jump + own.jump;
    this.#columns.volatility[day] = Math.sqrt(variance);
    this.#columns.lots[day] = this.#drawLots(close, logReturn);
    return close;
  }

  /** Volume has a memory and rises with the size of the move. */
  #drawLots(price: number, logReturn: number): number {
    const { dailyQuoteVolume, lotsPerUnit } = this.#profile;
    this.#logVolume = VOLUME_MEMORY * this.#logVolume + VOLUME_NOISE * this.#random.normal();
    const excitement = Math.min(1.5, Math.abs(logReturn) / 0.06);
    const quoteVolume = dailyQuoteVolume * Math.exp(this.#logVolume + excitement - 0.5);
    return Math.max(FEWEST_LOTS, Math.round((quoteVolume / price) * lotsPerUnit));
  }
}

/** Room for a number of days, beginning with those there are. */
function allocatePath(days: number, earlier?: PathColumns): PathColumns {
  const path = {
    close: new Float64Array(days),
    jump: new Float64Array(days),
    volatility: new Float64Array(days),
    lots: new Float64Array(days),
  };
  if (earlier) for (const field of PATH_FIELDS) path[field].set(earlier[field]);
  return path;
}
