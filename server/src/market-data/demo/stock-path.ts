import { type CandleColumns, sliceColumns } from '@fast-scanner/shared';
import { GrowingColumns } from '../growing-columns.ts';
import { ReturnFactor } from './return-factor.ts';
import { hashText, SeededRandom } from './seeded-random.ts';
import type { StockFactors } from './stock-factors.ts';
import type { StockProfile } from './stock-profile.ts';
import { toTick } from './to-tick.ts';

/** Share of the distance to what it is worth that a price makes good each session. */
const REVERSION_PER_SESSION = 0.0015;
/** Quarterly results and other news. */
const OWN_JUMP_RATE = 0.016;
/** Share of a session's usual move that happens before it opens, beside the jumps. */
const OVERNIGHT_SHARE = 0.35;
/** In units of the session's volatility. */
const LONGEST_WICK = 1.4;
const VOLUME_MEMORY = 0.9;
const VOLUME_NOISE = 0.16;
const FEWEST_SHARES = 1_000;
const TICKS_PER_DOLLAR = 100;
/** Sessions that a path may grow by before it needs new memory. */
const SPARE_SESSIONS = 20;

/**
 * The daily candles of one simulated stock: β × market + sector + its own story, pulled slowly towards what it is worth, which grows.
 * A jump comes overnight. Made in order from the first session and kept.
 */
export class StockPath {
  readonly #profile: StockProfile;
  readonly #factors: StockFactors;
  readonly #own: ReturnFactor;
  readonly #random: SeededRandom;
  readonly #candles = new GrowingColumns(1);
  #close: number;
  #logVolume = 0;

  constructor(seed: number, profile: StockProfile, factors: StockFactors) {
    this.#profile = profile;
    this.#factors = factors;
    const own = { dailyVolatility: profile.ownVolatility, jumpRate: OWN_JUMP_RATE };
    this.#own = new ReturnFactor([seed, profile.key, hashText('stock')], own);
    this.#random = new SeededRandom(seed, profile.key, hashText('stock candles'));
    this.#close = toTick(profile.firstValue * Math.exp(0.3 * this.#random.normal()), TICKS_PER_DOLLAR);
  }

  /** Sessions made so far. */
  get length(): number {
    return this.#candles.length;
  }

  /** The first `count` candles. @param openTimeOf the session of a number */
  first(count: number, openTimeOf: (session: number) => number): CandleColumns {
    if (count > this.length) this.#candles.reserve(count + SPARE_SESSIONS);
    while (this.length < count) this.#step(this.length, openTimeOf(this.length));
    return sliceColumns(this.#candles.rows(), 0, count);
  }

  #step(session: number, openTime: number): void {
    const { beta, sector, firstValue, growth } = this.#profile;
    const market = this.#factors.market(session);
    const group = this.#factors.sector(sector, session);
    const own = this.#own;
    own.step();
    const previous = this.#close;
    const pull = REVERSION_PER_SESSION * (Math.log(firstValue / previous) + growth * session);
    const logReturn = beta * market.logReturn + group.logReturn + own.logReturn + growth + pull;
    const volatility = Math.hypot(beta * market.volatility, group.volatility, own.volatility);
    const jump = beta * market.jump + group.jump + own.jump;
    const overnight = jump + OVERNIGHT_SHARE * (logReturn - jump) + 0.3 * volatility * this.#random.normal();
    const open = toTick(previous * Math.exp(overnight), TICKS_PER_DOLLAR);
    const close = toTick(previous * Math.exp(logReturn), TICKS_PER_DOLLAR);
    const high = toTick(Math.max(open, close) * Math.exp(this.#wick(volatility)), TICKS_PER_DOLLAR);
    const low = toTick(Math.min(open, close) * Math.exp(-this.#wick(volatility)), TICKS_PER_DOLLAR);
    this.#candles.add([openTime, open, high, low, close, this.#drawVolume(close, logReturn)]);
    this.#close = close;
  }

  /** How far, in logs, the price strays beyond open and close: mostly little, at times far. */
  #wick(volatility: number): number {
    return LONGEST_WICK * volatility * this.#random.uniform() ** 2;
  }

  /** Volume has a memory and rises with the size of the move. */
  #drawVolume(price: number, logReturn: number): number {
    this.#logVolume = VOLUME_MEMORY * this.#logVolume + VOLUME_NOISE * this.#random.normal();
    const excitement = Math.min(1.5, Math.abs(logReturn) / 0.03);
    const turnover = this.#profile.dailyTurnover * Math.exp(this.#logVolume + excitement - 0.4);
    return Math.max(FEWEST_SHARES, Math.round(turnover / price));
  }
}
