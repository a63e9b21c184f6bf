import { normalQuantile } from '../backtest/normal-distribution.ts';

/**
 * The value below which Student's t with so many degrees of freedom is with this probability; within 0.001 at 97.5 % from 5 degrees on.
 * @see M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 1964, 26.7.5
 */
export function studentQuantile(probability: number, degrees: number): number {
  const z = normalQuantile(probability);
  const corrections = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1_482 * z ** 5 - 1_920 * z ** 3 - 945 * z) / 92_160,
  ];
  return corrections.reduce((sum, correction, power) => sum + correction / degrees ** (power + 1), z);
}
