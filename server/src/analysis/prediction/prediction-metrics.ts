import { logLossOf } from './logistic-loss.ts';

/** Rows that were not learned from, in the order of time. */
export interface JudgedRows {
  /** Calibrated probability of "up". */
  readonly probability: Float64Array;
  /** What the base rate of the training part said. */
  readonly baseline: Float64Array;
  /** 1 up, 0 not. */
  readonly label: Uint8Array;
  /** Epoch ms UTC. */
  readonly time: Float64Array;
}

export interface PredictionMetrics {
  readonly samples: number;
  /** Mean squared error of the probability, 0–1; smaller is better. */
  readonly brier: number;
  /** The same of the base rate. */
  readonly baselineBrier: number;
  /** `1 − brier / baselineBrier`: above 0 the model knows more than the base rate. */
  readonly brierSkill: number;
  /** Mean log loss, in nats. */
  readonly logLoss: number;
  /**
   * How well what the model adds to the base rate (probability − base rate) ranks the rows: chance that a row that went up has more of
   * it than one that did not. 0.5 is nothing. The base rate is taken off because it differs between the folds, which is no ranking.
   */
  readonly auc: number;
}

/** How well probabilities foretold; needs at least one row. */
export function computeMetrics({ probability, baseline, label }: JudgedRows): PredictionMetrics {
  const brier = brierOf(probability, label);
  const baselineBrier = brierOf(baseline, label);
  let logLoss = 0;
  for (let row = 0; row < label.length; row += 1) {
    const chance = probability[row] ?? Number.NaN;
    logLoss += logLossOf(Math.log(chance / (1 - chance)), label[row] === 1) / label.length;
  }
  return {
    samples: label.length,
    brier,
    baselineBrier,
    brierSkill: 1 - brier / baselineBrier,
    logLoss,
    auc: computeAuc(
      probability.map((chance, row) => chance - (baseline[row] ?? 0)),
      label,
    ),
  };
}

/**
 * Area under the ROC curve from ranks (Mann–Whitney); equal values share their rank, so a constant has 0.5, and so has one label alone.
 * @see J. A. Hanley, B. J. McNeil, The meaning and use of the area under a ROC curve, 1982
 */
export function computeAuc(score: Float64Array, label: Uint8Array): number {
  const order = Uint32Array.from(score.keys()).sort((a, b) => (score[a] ?? 0) - (score[b] ?? 0));
  let ups = 0;
  let rankSum = 0;
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && score[order[end] ?? 0] === score[order[first] ?? 0]) end += 1;
    const rank = (first + 1 + end) / 2;
    for (; first < end; first += 1) {
      if (label[order[first] ?? 0] !== 1) continue;
      ups += 1;
      rankSum += rank;
    }
  }
  const pairs = ups * (label.length - ups);
  return pairs === 0 ? 0.5 : (rankSum - (ups * (ups + 1)) / 2) / pairs;
}

function brierOf(probability: Float64Array, label: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < label.length; row += 1)
    sum += ((probability[row] ?? Number.NaN) - (label[row] ?? 0)) ** 2;
  return sum / label.length;
}

/** Part of the rows, without a copy. */
export function sliceJudged(
  { probability, baseline, label, time }: JudgedRows,
  from: number,
  to: number,
): JudgedRows {
  return {
    probability: probability.subarray(from, to),
    baseline: baseline.subarray(from, to),
    label: label.subarray(from, to),
    time: time.subarray(from, to),
  };
}
