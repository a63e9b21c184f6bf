import { BLOCK, BLOCK_STRIDE, type CandleBlock, splitLots } from './candle-block.ts';
import type { PathDay } from './daily-path.ts';
import type { SeededRandom } from './seeded-random.ts';
import { toTick } from './to-tick.ts';

export interface HourBlockOptions {
  readonly random: SeededRandom;
  /** What all symbols share: one unit-variance shock per hour. */
  readonly shocks: readonly number[];
  /** The hour in which the day's jump comes. */
  readonly jumpHour: number;
  readonly ticksPerUnit: number;
}

const HOURS = 24;
/** Weight of the shared shocks in a symbol's hours; the rest is its own. */
const SHARED = 0.65;
const OWN = Math.sqrt(1 - SHARED * SHARED);
const VOLATILITY_MEMORY = 0.8;
const VOLATILITY_NOISE = 0.2;

/** High and low are drawn apart; at full reach the two together would make hours that swing back more than a walk does. */
const REACH = 0.6;

/** Activity over the UTC day: quiet after midnight, busy when Europe and America are both awake. */
const ACTIVITY: readonly number[] = Array.from({ length: HOURS }, (_, hour) => {
  const asia = Math.exp(-(((hour - 1.5) / 3) ** 2));
  const west = Math.exp(-(((hour - 14.5) / 4) ** 2));
  return 0.65 + 0.3 * asia + 0.75 * west;
});

/** Room for the numbers of one day while its block is made: a market of many symbols and years makes a hundred thousand of them. */
const DEVIATIONS = new Float64Array(HOURS);
const MOVES = new Float64Array(HOURS);
const WEIGHTS = new Float64Array(HOURS);

/**
 * Fills a day with its 24 hours: a random bridge from the day's open to its close (variance follows the time of day and a volatility of
 * its own), each hour with the high and low that such a walk would have reached.
 *
 * @see Borodin & Salminen, "Handbook of Brownian Motion", for the law of a bridge's maximum
 */
export function createHourBlock(day: PathDay, options: HourBlockOptions): CandleBlock {
  const { random, ticksPerUnit } = options;
  drawDeviations(day, random);
  drawMoves(day, options);
  const block = new Float64Array(HOURS * BLOCK_STRIDE);
  let open = day.open;
  for (let hour = 0; hour < HOURS; hour += 1) {
    const move = MOVES[hour] ?? 0;
    const deviation = DEVIATIONS[hour] ?? 0;
    const close = hour === HOURS - 1 ? day.close : toTick(open * Math.exp(move), ticksPerUnit);
    const high = toTick(open * Math.exp((move + drawReach(move, deviation, random)) / 2), ticksPerUnit);
    const low = toTick(open * Math.exp((move - drawReach(move, deviation, random)) / 2), ticksPerUnit);
    const at = hour * BLOCK_STRIDE;
    block[at + BLOCK.open] = open;
    block[at + BLOCK.high] = Math.max(high, open, close);
    block[at + BLOCK.low] = Math.min(low, open, close);
    block[at + BLOCK.close] = close;
    const excitement = Math.min(1.6, (0.6 * Math.abs(move)) / deviation);
    WEIGHTS[hour] = (ACTIVITY[hour] ?? 1) * Math.exp(excitement + 0.25 * random.normal());
    open = close;
  }
  splitLots(block, day.lots, WEIGHTS);
  return block;
}

/** Standard deviation of each hour's log return; the squares sum to the day's variance. */
function drawDeviations(day: PathDay, random: SeededRandom): void {
  let logVolatility = 0;
  let variance = 0;
  for (let hour = 0; hour < HOURS; hour += 1) {
    logVolatility = VOLATILITY_MEMORY * logVolatility + VOLATILITY_NOISE * random.normal();
    const deviation = (ACTIVITY[hour] ?? 1) * Math.exp(logVolatility);
    variance += deviation * deviation;
    DEVIATIONS[hour] = deviation;
  }
  const scale = day.volatility / Math.sqrt(variance);
  for (let hour = 0; hour < HOURS; hour += 1) DEVIATIONS[hour] = (DEVIATIONS[hour] ?? 0) * scale;
}

/** Log returns of the hours. They sum to the day's: what is missing is spread in proportion to the variance. */
function drawMoves(day: PathDay, { random, shocks, jumpHour }: HourBlockOptions): void {
  let total = 0;
  for (let hour = 0; hour < HOURS; hour += 1) {
    const shock = SHARED * (shocks[hour] ?? 0) + OWN * random.heavyTailed();
    const move = (DEVIATIONS[hour] ?? 0) * shock + (hour === jumpHour ? day.jump : 0);
    total += move;
    MOVES[hour] = move;
  }
  const missing = (Math.log(day.close / day.open) - total) / (day.volatility * day.volatility);
  for (let hour = 0; hour < HOURS; hour += 1) {
    MOVES[hour] = (MOVES[hour] ?? 0) + missing * (DEVIATIONS[hour] ?? 0) ** 2;
  }
}

/** Twice what the maximum of a walk lies above the middle of its way, given where it ends; the minimum mirrors it. */
function drawReach(move: number, deviation: number, random: SeededRandom): number {
  return Math.sqrt(move * move + 2 * REACH * deviation * deviation * random.exponential());
}
