/** Mean, spread and shape of a sample. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation with N − 1. NaN below two values. */
  readonly deviation: number;
  /** Third standardised moment (with N); 0 for a symmetric sample. NaN when nothing varies. */
  readonly skewness: number;
  /** Fourth standardised moment (with N), not the excess: 3 for a normal sample. NaN when nothing varies. */
  readonly kurtosis: number;
}

/** The moments of the values; the mean of none is NaN. */
export function computeMoments(values: Float64Array): Moments {
  const count = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / count;
  let [squares, cubes, fourths] = [0, 0, 0];
  for (const value of values) {
    const distance = value - mean;
    const square = distance * distance;
    squares += square;
    cubes += square * distance;
    fourths += square * square;
  }
  const variance = squares / count;
  return {
    count,
    mean,
    deviation: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)),
    skewness: cubes / count / variance ** 1.5,
    kurtosis: fourths / count / variance ** 2,
  };
}
