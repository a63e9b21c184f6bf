import { trainLogistic } from './logistic-regression.ts';

/** What turns a model's log odds into a probability: `1 / (1 + exp(−(slope · log odds + intercept)))`. */
export interface Calibration {
  /** 0 or more: held-out rows may take belief away from a model, never turn it upside down. */
  readonly slope: number;
  readonly intercept: number;
}

/** Keeps the fit finite where the log odds separate the labels, and pulls the slope to 0 where there are few rows. */
const L2 = 1e-4;

/**
 * Fits the calibration to held-out rows, as Platt did. A slope below 0 says that the model knows less than nothing: it becomes 0, and
 * every row gets the base rate of the held-out rows. Needs rows of either label.
 * @see J. Platt, Probabilistic Outputs for Support Vector Machines, 1999
 */
export function fitCalibration(logOdds: Float64Array, label: Uint8Array): Calibration {
  const features = [Float32Array.from(logOdds)];
  const rows = Uint32Array.from(label.keys());
  const { intercept, coefficients, standardization } = trainLogistic(
    { features, label, rows },
    { l2: L2, clip: null },
  );
  const slope = (coefficients[0] ?? 0) / (standardization.deviations[0] ?? 1);
  if (slope > 0) return { slope, intercept: intercept - slope * (standardization.means[0] ?? 0) };
  const rate = label.reduce((sum, value) => sum + value, 0) / label.length;
  return { slope: 0, intercept: Math.log(rate / (1 - rate)) };
}

/** The calibrated probability, strictly between 0 and 1 for finite log odds of any size a model gives. */
export function calibrate({ slope, intercept }: Calibration, logOdds: number): number {
  return 1 / (1 + Math.exp(-(slope * logOdds + intercept)));
}
