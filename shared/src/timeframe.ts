import { TIMEFRAMES, type Timeframe } from './vocabulary.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** 1970-01-05 was the first Monday of the epoch: weeks open on Monday 00:00 UTC. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

const UNIT_MS = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS, w: 7 * DAY_MS } as const;

const DURATIONS: ReadonlyMap<string, number> = new Map(
  TIMEFRAMES.map((timeframe) => {
    const unit = timeframe.at(-1) as keyof typeof UNIT_MS; // every name above ends in one of the four units
    return [timeframe, Number.parseInt(timeframe, 10) * UNIT_MS[unit]];
  }),
);

/** Whether a text is one of {@link TIMEFRAMES}. */
export function isTimeframe(text: string): text is Timeframe {
  return DURATIONS.has(text);
}

/** Length of one candle in milliseconds. */
export function timeframeMs(timeframe: Timeframe): number {
  return DURATIONS.get(timeframe) ?? Number.NaN;
}

/** Open time (epoch ms UTC) of the candle that contains `timeMs`. Weeks open on Monday. */
export function candleOpenTime(timeMs: number, timeframe: Timeframe): number {
  const duration = timeframeMs(timeframe);
  const origin = timeframe === '1w' ? FIRST_MONDAY_MS : 0;
  return Math.floor((timeMs - origin) / duration) * duration + origin;
}

/** Open time of the newest candle that is closed at `nowMs`: closed means `openTime + length ≤ now`. */
export function lastClosedOpenTime(nowMs: number, timeframe: Timeframe): number {
  return candleOpenTime(nowMs, timeframe) - timeframeMs(timeframe);
}

/** The next moment (epoch ms UTC, strictly after `nowMs`) at which a candle of this timeframe closes. */
export function nextCandleClose(nowMs: number, timeframe: Timeframe): number {
  return candleOpenTime(nowMs, timeframe) + timeframeMs(timeframe);
}
