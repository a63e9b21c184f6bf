import type { CandleColumns, CandlePattern } from '@fast-scanner/shared';
import * as library from 'technicalindicators';
import { FLAT_LOG_RANGE } from './log-candles.ts';

/** Candles the longest pattern needs. */
const PATTERN_CANDLES = 5;
/** Candles whose mean range is the unit in which the library compares prices; TA-Lib's default for its candle settings. */
const RANGE_LOOKBACK = 10;
/** The library calls prices equal that differ by 0.1 %: at this level and one range per unit that is a tenth of a range. */
const BASE_LEVEL = 100;

interface RecentCandles {
  open: number[];
  high: number[];
  low: number[];
  close: number[];
}

export interface PatternRule {
  readonly name: string;
  readonly direction: CandlePattern['direction'];
  readonly detect: (candles: RecentCandles) => boolean;
}

/**
 * The candlestick patterns that are looked for. Detection is `technicalindicators`'s; left out are those whose conditions
 * there do not describe the pattern (spinning tops, tweezers, the bare hammer sticks). Two gaps of the library are closed here:
 * its hammers and stars accept a shadow of half a body on either side, so the classical two bodies on the right side are
 * asked for on top; its bullish harami lets the second candle leave the first, unlike its bearish one.
 * @see https://github.com/anandanand84/technicalindicators
 * @see Nison: Japanese Candlestick Charting Techniques (1991)
 */
export const PATTERN_RULES: readonly PatternRule[] = [
  { name: 'bullish engulfing', direction: 'bullish', detect: library.bullishengulfingpattern },
  { name: 'bearish engulfing', direction: 'bearish', detect: library.bearishengulfingpattern },
  {
    name: 'bullish harami',
    direction: 'bullish',
    detect: (candles) => staysInside(candles) && library.bullishharami(candles),
  },
  { name: 'bearish harami', direction: 'bearish', detect: library.bearishharami },
  { name: 'piercing line', direction: 'bullish', detect: library.piercingline },
  { name: 'dark cloud cover', direction: 'bearish', detect: library.darkcloudcover },
  { name: 'morning star', direction: 'bullish', detect: library.morningstar },
  { name: 'evening star', direction: 'bearish', detect: library.eveningstar },
  { name: 'three white soldiers', direction: 'bullish', detect: library.threewhitesoldiers },
  { name: 'three black crows', direction: 'bearish', detect: library.threeblackcrows },
  { name: 'bullish marubozu', direction: 'bullish', detect: library.bullishmarubozu },
  { name: 'bearish marubozu', direction: 'bearish', detect: library.bearishmarubozu },
  {
    name: 'hammer',
    direction: 'bullish',
    detect: (candles) => hasLongShadow(candles, 'lower') && library.hammerpatternunconfirmed(candles),
  },
  {
    name: 'hanging man',
    direction: 'bearish',
    detect: (candles) => hasLongShadow(candles, 'lower') && library.hangingmanunconfirmed(candles),
  },
  {
    name: 'shooting star',
    direction: 'bearish',
    detect: (candles) => hasLongShadow(candles, 'upper') && library.shootingstarunconfirmed(candles),
  },
  { name: 'dragonfly doji', direction: 'bullish', detect: library.dragonflydoji },
  { name: 'gravestone doji', direction: 'bearish', detect: library.gravestonedoji },
  { name: 'doji', direction: 'neutral', detect: library.doji },
];

/**
 * Patterns of {@link PATTERN_RULES} that end on the newest candle; they do not score. Prices are first brought to log ranges
 * (one unit = the mean range of 10 candles), because the library's tolerance is 0.1 % of the price: unscaled, every quiet
 * minute is a doji. Empty for fewer than 10 candles and when the newest candle has no range (a filled gap).
 */
export function findPatterns(candles: CandleColumns): CandlePattern[] {
  const recent = normalise(candles);
  if (!recent) return [];
  return PATTERN_RULES.filter(({ detect }) => detect(recent)).map(({ name, direction }) => ({
    name,
    direction,
  }));
}

function normalise({ open, high, low, close }: CandleColumns): RecentCandles | null {
  const newestRange = Math.log((high.at(-1) ?? Number.NaN) / (low.at(-1) ?? Number.NaN));
  if (close.length < RANGE_LOOKBACK || !(newestRange > FLAT_LOG_RANGE)) return null;
  const reference = close.at(-1) ?? Number.NaN;
  const range = meanLogRange(high, low);
  const scale = (prices: Float64Array) =>
    Array.from(
      prices.subarray(-PATTERN_CANDLES),
      (price) => BASE_LEVEL + Math.log(price / reference) / range,
    );
  return { open: scale(open), high: scale(high), low: scale(low), close: scale(close) };
}

function meanLogRange(high: Float64Array, low: Float64Array): number {
  let sum = 0;
  for (let back = 1; back <= RANGE_LOOKBACK; back += 1) {
    sum += Math.log((high.at(-back) ?? Number.NaN) / (low.at(-back) ?? Number.NaN));
  }
  return sum / RANGE_LOOKBACK;
}

/** Whether the newest candle stays below the open and above the low of the (falling) candle before it. */
function staysInside({ open, high, low }: RecentCandles): boolean {
  return (
    (high.at(-1) ?? Number.NaN) < (open.at(-2) ?? Number.NaN) &&
    (low.at(-1) ?? Number.NaN) > (low.at(-2) ?? Number.NaN)
  );
}

function hasLongShadow({ open, high, low, close }: RecentCandles, side: 'upper' | 'lower'): boolean {
  const [openPrice, closePrice] = [open.at(-1) ?? Number.NaN, close.at(-1) ?? Number.NaN];
  const body = Math.abs(closePrice - openPrice);
  const shadow =
    side === 'upper'
      ? (high.at(-1) ?? Number.NaN) - Math.max(openPrice, closePrice)
      : Math.min(openPrice, closePrice) - (low.at(-1) ?? Number.NaN);
  return shadow >= 2 * body && shadow > 0;
}
