import { BLOCK, BLOCK_STRIDE, type CandleBlock, splitLots } from './candle-block.ts';
import type { SeededRandom } from './seeded-random.ts';
import { toTick } from './to-tick.ts';

/** The hour that is filled with minutes. */
export interface HourCandle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly lots: number;
}

export interface MinuteBlockOptions {
  readonly random: SeededRandom;
  /** What all symbols share: one unit-variance shock per minute. */
  readonly shocks: readonly number[];
  readonly ticksPerUnit: number;
}

const MINUTES = 60;
const SHARED = 0.5;
const OWN = Math.sqrt(1 - SHARED * SHARED);
/** A minute's standard deviation against the hour's range: a random walk of n steps spans about 1.6 · √n of them. */
const STEP = 1 / (1.6 * Math.sqrt(MINUTES));
/** Mean length of a minute's wick in steps. */
const WICK = 0.5;

/**
 * Fills an hour with its 60 minutes: a noisy walk along open → one extreme → the other → close that touches the hour's high and low in the
 * minutes of the extremes, stays between them everywhere else, and ends on its close.
 */
export function createMinuteBlock(hour: HourCandle, options: MinuteBlockOptions): CandleBlock {
  const { random, ticksPerUnit } = options;
  const step = STEP * (hour.high - hour.low);
  const extremes = placeExtremes(hour, random);
  const closes = drawCloses(hour, extremes, options);
  const block = new Float64Array(MINUTES * BLOCK_STRIDE);
  const weights: number[] = [];
  let open = hour.open;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const close = closes[minute] ?? open;
    const above = toTick(Math.max(open, close) + WICK * step * random.exponential(), ticksPerUnit);
    const below = toTick(Math.min(open, close) - WICK * step * random.exponential(), ticksPerUnit);
    const at = minute * BLOCK_STRIDE;
    block[at + BLOCK.open] = open;
    block[at + BLOCK.high] = minute === extremes.highMinute ? hour.high : Math.min(above, hour.high);
    block[at + BLOCK.low] = minute === extremes.lowMinute ? hour.low : Math.max(below, hour.low);
    block[at + BLOCK.close] = close;
    const excitement = step > 0 ? Math.min(2, (0.5 * Math.abs(close - open)) / step) : 0;
    weights.push(Math.exp(excitement + 0.4 * random.normal()));
    open = close;
  }
  splitLots(block, hour.lots, weights);
  return block;
}

interface Extremes {
  readonly highMinute: number;
  readonly lowMinute: number;
}

/** When the high and the low are reached: an hour that rises tends to see its low first, and an extreme that is its open or close is there. */
function placeExtremes({ open, high, low, close }: HourCandle, random: SeededRandom): Extremes {
  const range = high - low || 1;
  const lowFirst = random.uniform() < 0.5 + (close - open) / (2 * range);
  const one = drawExtremeMinute(random);
  const other = drawExtremeMinute(random);
  const first = Math.min(one, other);
  const second = Math.max(one, other);
  return {
    highMinute: placeExtreme(high, lowFirst ? second : first, { open, close }),
    lowMinute: placeExtreme(low, lowFirst ? first : second, { open, close }),
  };
}

/** Extremes of a random walk are most likely near its ends (the arcsine law). */
function drawExtremeMinute(random: SeededRandom): number {
  return Math.floor(MINUTES * Math.sin((Math.PI / 2) * random.uniform()) ** 2);
}

interface Ends {
  readonly open: number;
  readonly close: number;
}

function placeExtreme(price: number, minute: number, { open, close }: Ends): number {
  if (price === open) return 0;
  return price === close ? MINUTES - 1 : minute;
}

/**
 * The closes of the minutes: a random walk, bent in straight lines so that it passes through open, the extremes and close. Bending keeps the
 * walk's own roughness everywhere.
 */
function drawCloses(hour: HourCandle, extremes: Extremes, options: MinuteBlockOptions): readonly number[] {
  const { random, shocks, ticksPerUnit } = options;
  const step = STEP * (hour.high - hour.low);
  const walk: number[] = [];
  let position = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    position += step * (SHARED * (shocks[minute] ?? 0) + OWN * random.heavyTailed());
    walk.push(position);
  }
  const bend: HourCandle = {
    ...hour,
    high: hour.high - (walk[extremes.highMinute] ?? 0),
    low: hour.low - (walk[extremes.lowMinute] ?? 0),
    close: hour.close - position,
  };
  return walk.map((value, minute) => {
    if (minute === MINUTES - 1) return hour.close;
    return toTick(fold(value + straightLineAt(minute + 1, bend, extremes), hour), ticksPerUnit);
  });
}

/** The straight lines from open over both extremes to close, at the start of a minute (60 is the end). */
function straightLineAt(minute: number, hour: HourCandle, { highMinute, lowMinute }: Extremes): number {
  const highFirst = highMinute < lowMinute;
  const first = highFirst ? hour.high : hour.low;
  const second = highFirst ? hour.low : hour.high;
  const firstAt = Math.min(highMinute, lowMinute) + 0.5;
  const secondAt = Math.max(highMinute, lowMinute) + 0.5;
  if (minute <= firstAt) return between(hour.open, first, minute / firstAt);
  if (minute <= secondAt) return between(first, second, (minute - firstAt) / (secondAt - firstAt));
  return between(second, hour.close, (minute - secondAt) / (MINUTES - secondAt));
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Reflects what leaves the hour's range back into it. */
function fold(price: number, { low, high }: HourCandle): number {
  if (price > high) return Math.max(low, 2 * high - price);
  return price < low ? Math.min(high, 2 * low - price) : price;
}
