import {
  type CandleColumns,
  candleOpenTime,
  lastClosedOpenTime,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { isSoundCandle } from '../../market-data/candle-row.ts';

/** Rows of a window from which one broken open candle behind it is within what cleaning puts up with. */
const LEAST_ROWS = 50;

/** Positions of a window, `to` exclusive. */
export interface WindowSpan {
  readonly from: number;
  readonly to: number;
}

/** Tells which windows of ordered candles cleaning would leave as they are, so that most of a history is looked through once. */
export class SoundWindows {
  readonly #openTime: Float64Array;
  readonly #timeframe: Timeframe;
  /** By position: where the run of sound candles without a gap begins that ends there. */
  readonly #runStart: Int32Array;
  #newest = -1;

  constructor(columns: CandleColumns, timeframe: Timeframe) {
    this.#openTime = columns.openTime;
    this.#timeframe = timeframe;
    this.#runStart = findRuns(columns, timeframe);
  }

  /**
   * The newest `count` candles that are closed at a moment, when they, and the one before them that a source would send along, are sound
   * and without a gap; `null` when it takes more than a look to say what a scan would have seen. Moments come in order.
   */
  find(nowMs: number, count: number): WindowSpan | null {
    const expected = lastClosedOpenTime(nowMs, this.#timeframe);
    this.#moveTo(expected);
    const newest = this.#newest;
    if (this.#openTime[newest] !== expected) return null;
    const run = newest + 1 - (this.#runStart[newest] ?? 0);
    const sent = Math.min(count + 1, newest + 1);
    return sent >= LEAST_ROWS && run >= sent
      ? { from: Math.max(0, newest + 1 - count), to: newest + 1 }
      : null;
  }

  /** To the last candle that opens at or before a time. */
  #moveTo(openTime: number): void {
    while ((this.#openTime[this.#newest + 1] ?? Number.POSITIVE_INFINITY) <= openTime) this.#newest += 1;
  }
}

function findRuns(columns: CandleColumns, timeframe: Timeframe): Int32Array {
  const { openTime } = columns;
  const runs = new Int32Array(openTime.length);
  const step = timeframeMs(timeframe);
  let start = 0;
  for (let index = 0; index < openTime.length; index += 1) {
    const time = openTime[index] ?? Number.NaN;
    const isSound = time > 0 && candleOpenTime(time, timeframe) === time && isSoundCandle(columns, index);
    if (!isSound) start = index + 1;
    else if (index > start && time - (openTime[index - 1] ?? 0) !== step) start = index;
    runs[index] = start;
  }
  return runs;
}
