import type { CandleColumns } from '@fast-scanner/shared';

/** A prediction over the candles that decide it. */
export interface DecidedPrediction {
  /** Prices of the barriers. */
  readonly up: number;
  readonly down: number;
  /** Close of the signal's candle. */
  readonly price: number;
  /** Position of the first candle after the signal's. */
  readonly start: number;
  /** Position behind the last candle of its horizon. */
  readonly end: number;
}

/** What became of a prediction. */
export interface PredictionLabel {
  /** 1 up, 0 not. */
  readonly label: 0 | 1;
  /** Position of the candle that decided. */
  readonly decidedAt: number;
  readonly isTimeout: boolean;
}

/**
 * Whether the upper barrier was reached first, as predictions are trained (`labelTripleBarrier`): a candle that reaches both counts
 * as the lower one; when none does, the last close decides, which is up when it is above the signal's. There is at least one candle.
 */
export function labelPrediction(
  { high, low, close }: CandleColumns,
  { up, down, price, start, end }: DecidedPrediction,
): PredictionLabel {
  for (let i = start; i < end; i += 1) {
    if ((low[i] ?? Number.NaN) <= down) return { label: 0, decidedAt: i, isTimeout: false };
    if ((high[i] ?? Number.NaN) >= up) return { label: 1, decidedAt: i, isTimeout: false };
  }
  const isUp = (close[end - 1] ?? Number.NaN) > price;
  return { label: isUp ? 1 : 0, decidedAt: end - 1, isTimeout: true };
}
