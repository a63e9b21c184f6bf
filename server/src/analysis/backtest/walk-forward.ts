import { ScannerError } from '@fast-scanner/shared';

/** Positions of candles, as `sliceColumns(candles, warmupFrom, to)` takes them. */
export interface CandleRange {
  /** Where the candles that only fill the indicators begin. */
  readonly warmupFrom: number;
  /** First candle whose order counts: the backtest's option `tradeFrom` is `from − warmupFrom`. */
  readonly from: number;
  /** End, exclusive. */
  readonly to: number;
}

/** One step forward: parameters are chosen in the first range and judged in the second. */
export interface WalkForwardFold {
  readonly inSample: CandleRange;
  readonly outOfSample: CandleRange;
}

export interface WalkForwardOptions {
  /** Candles there are. */
  readonly length: number;
  /** Candles of warm-up: the longest lookback of the variants. */
  readonly lookback: number;
  /** Steps. Default 5. */
  readonly folds?: number;
  /** Share of the candles before the first step's out-of-sample range, 0–1. Default 0.5. */
  readonly inSampleRatio?: number;
  /** `anchored` (default): in-sample ranges grow from the start. `rolling`: they keep their length and move. */
  readonly window?: 'anchored' | 'rolling';
}

/**
 * Cuts a history for walk-forward tests. Out-of-sample ranges follow each other without a gap up to the last candle and never
 * overlap; each begins where its in-sample range ends. Orders, fills and the closing of the last trade stay inside their own
 * range; only the warm-up of an out-of-sample range reads candles of the in-sample range before it, all of them past by then.
 * @throws ScannerError `insufficient_data` when a range would be empty or shorter than the warm-up
 * @see R. Pardo, The Evaluation and Optimization of Trading Strategies, 2008
 */
export function splitWalkForward(options: WalkForwardOptions): WalkForwardFold[] {
  const { length, lookback, folds = 5, inSampleRatio = 0.5, window = 'anchored' } = options;
  const usable = length - lookback;
  const firstSplit = lookback + Math.floor(usable * inSampleRatio);
  const step = Math.floor((length - firstSplit) / folds);
  if (!(step >= 1 && firstSplit - lookback >= 1)) throw tooShort(length, lookback, folds);
  return Array.from({ length: folds }, (_, fold) => {
    const split = firstSplit + fold * step;
    const inSampleFrom = lookback + (window === 'rolling' ? fold * step : 0);
    const to = fold === folds - 1 ? length : split + step;
    return {
      inSample: { warmupFrom: inSampleFrom - lookback, from: inSampleFrom, to: split },
      outOfSample: { warmupFrom: split - lookback, from: split, to },
    };
  });
}

function tooShort(length: number, lookback: number, folds: number): ScannerError {
  return new ScannerError(
    'insufficient_data',
    `${length} candles are too few for ${folds} folds after a warm-up of ${lookback}`,
  );
}
