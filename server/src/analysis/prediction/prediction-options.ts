/** Every constant of the training, with its unit. */
export interface PredictionOptions {
  /** Candles after which a label is decided by the close. Default 24. */
  readonly horizonCandles: number;
  /** Distance of both barriers from the close in ATRs (ATR 14 of log prices). Default 2. */
  readonly barrierAtrs: number;
  /** Labelled samples below which there is no model. Default 500. */
  readonly minSamples: number;
  /** Samples above which candles are skipped evenly: neighbours share most of their future, so little is lost. Default 300,000. */
  readonly maxSamples: number;
  /** Steps of the walk-forward. The first is for calibration alone; the others are scored. Default 5. */
  readonly folds: number;
  /** Share of the samples before the first step, 0–1. Default 0.375. */
  readonly initialShare: number;
  /** Candles left out between the newest label of a training part and the first sample it is judged on. Default 24. */
  readonly embargoCandles: number;
}

export const PREDICTION_DEFAULTS: PredictionOptions = {
  horizonCandles: 24,
  barrierAtrs: 2,
  minSamples: 500,
  maxSamples: 300_000,
  folds: 5,
  initialShare: 0.375,
  embargoCandles: 24,
};
