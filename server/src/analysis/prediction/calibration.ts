/**
 * What turns a model's log odds into a probability: `1 / (1 + exp(−(center + slope · (log odds − center))))`. The slope says how far
 * the model is believed beyond the base rate: 1 as it is, 0 not at all.
 */
export interface Calibration {
  /** Log odds of the base rate. */
  readonly center: number;
  /** 0 or more: held-out rows may take belief away from a model, never turn it upside down. */
  readonly slope: number;
}

export interface HeldOutRows {
  /** What the model said of rows it was not trained on. */
  readonly logOdds: Float64Array;
  /** 1 up, 0 not. */
  readonly label: Uint8Array;
}

const MOST_STEPS = 50;
const SMALLEST_STEP = 1e-9;
/** Keeps the slope finite where the log odds separate the labels. */
const L2 = 1e-6;

/**
 * Platt's fit to held-out rows by maximum likelihood, but through the base rate: labels overlap and symbols move together, so the
 * share that went up in the held-out part is mostly chance, and an intercept fitted to it makes probabilities worse.
 * @param baseRate share that went up among all rows known so far, strictly between 0 and 1
 * @see J. Platt, Probabilistic Outputs for Support Vector Machines, 1999
 */
export function fitCalibration({ logOdds, label }: HeldOutRows, baseRate: number): Calibration {
  const center = Math.log(baseRate / (1 - baseRate));
  let slope = 0;
  for (let count = 0; count < MOST_STEPS; count += 1) {
    let gradient = L2 * slope;
    let curvature = L2;
    for (let row = 0; row < label.length; row += 1) {
      const distance = (logOdds[row] ?? Number.NaN) - center;
      const probability = calibrate({ center, slope }, logOdds[row] ?? Number.NaN);
      gradient += ((probability - (label[row] ?? 0)) * distance) / label.length;
      curvature += (probability * (1 - probability) * distance * distance) / label.length;
    }
    const next = Math.max(0, slope - gradient / curvature);
    if (Math.abs(next - slope) <= SMALLEST_STEP) break;
    slope = next;
  }
  return { center, slope };
}

/** The calibrated probability. */
export function calibrate({ center, slope }: Calibration, logOdds: number): number {
  return 1 / (1 + Math.exp(-(center + slope * (logOdds - center))));
}
