import { type CandleRow, candleOpenTime, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { hashText, seededRandom } from './seeded-random.ts';

interface Wave {
  readonly periodMs: number;
  readonly amplitude: number;
  readonly phase: number;
}

interface PricePath {
  readonly basePrice: number;
  readonly waves: readonly Wave[];
  readonly volumePerMinute: number;
}

const HOUR_MS = 3_600_000;
const PERIODS_MS = [24 * 40, 24 * 9, 24 * 2.3, 17, 5, 1.4, 0.35].map((hours) => hours * HOUR_MS);
const AMPLITUDES = [0.2, 0.08, 0.04, 0.015, 0.008, 0.004, 0.002];
const paths = new Map<string, PricePath>();

function pathOf(symbol: string): PricePath {
  const known = paths.get(symbol);
  if (known) return known;
  const random = seededRandom(hashText(symbol));
  const path = {
    basePrice: 10 ** (random() * 5 - 1),
    volumePerMinute: 10 ** (random() * 3),
    waves: PERIODS_MS.map((periodMs, index) => ({
      periodMs: periodMs * (0.8 + 0.4 * random()),
      amplitude: AMPLITUDES[index] ?? 0,
      phase: random() * 2 * Math.PI,
    })),
  };
  paths.set(symbol, path);
  return path;
}

/** The price of a symbol at any moment: a sum of sine waves in the logarithm, decided by the symbol alone. */
export function priceAt(symbol: string, timeMs: number): number {
  const { basePrice, waves } = pathOf(symbol);
  const swing = waves.reduce(
    (sum, { periodMs, amplitude, phase }) =>
      sum + amplitude * Math.sin((2 * Math.PI * timeMs) / periodMs + phase),
    0,
  );
  return basePrice * Math.exp(swing);
}

/**
 * The candle of a symbol that opens at `openTime`, as seen at `nowMs`. Every timeframe samples the same price path:
 * open and close are its values at both ends, high and low those of five samples in between and a small wick.
 */
export function candleAt(symbol: string, timeframe: Timeframe, openTime: number, nowMs: number): CandleRow {
  const endMs = Math.min(openTime + timeframeMs(timeframe), nowMs);
  const elapsedMs = endMs - openTime;
  const samples = [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => priceAt(symbol, openTime + share * elapsedMs));
  const random = seededRandom(hashText(`${symbol} ${timeframe} ${openTime}`));
  const open = samples[0] ?? 0;
  const close = samples.at(-1) ?? 0;
  const high = Math.max(...samples) * (1 + 0.001 * random());
  const low = Math.min(...samples) * (1 - 0.001 * random());
  const volume = pathOf(symbol).volumePerMinute * (elapsedMs / 60_000) * (0.5 + random());
  return [openTime, open, high, low, close, volume];
}

export interface CandleRange {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly nowMs: number;
  readonly limit: number;
  /** Oldest allowed open time; without it the newest `limit` candles are given. */
  readonly startMs?: number;
  /** Newest allowed open time. */
  readonly endMs?: number;
}

/** Candles of a range, oldest first, the open one included, as Binance answers `klines`. */
export function candlesIn({ symbol, timeframe, nowMs, limit, startMs, endMs }: CandleRange): CandleRow[] {
  const duration = timeframeMs(timeframe);
  const last = candleOpenTime(Math.min(nowMs, endMs ?? nowMs), timeframe);
  const newestFirst = last - (limit - 1) * duration;
  const first = startMs === undefined ? newestFirst : candleOpenTime(startMs + duration - 1, timeframe);
  const count = Math.max(0, Math.min(limit, (last - first) / duration + 1));
  return Array.from({ length: count }, (_, index) =>
    candleAt(symbol, timeframe, first + index * duration, nowMs),
  );
}
