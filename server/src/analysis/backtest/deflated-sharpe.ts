import { computeMoments } from './moments.ts';
import { normalProbability, normalQuantile } from './normal-distribution.ts';

const EULER_MASCHERONI = 0.5772156649015329;

export interface DeflatedSharpeInput {
  /** Sharpe ratio of the chosen variant per return (mean over deviation), not annualised. */
  readonly sharpe: number;
  /** Returns it was measured on. */
  readonly observations: number;
  /** Skewness of the returns; 0 for normal ones. */
  readonly skewness: number;
  /** Kurtosis of the returns, not the excess; 3 for normal ones. */
  readonly kurtosis: number;
  /** Variants that were tried, the chosen one included. */
  readonly trials: number;
  /** Variance of the Sharpe ratios of all variants, per return as `sharpe`. */
  readonly sharpeVariance: number;
}

/** How much of a Sharpe ratio is left when it is the best of many. */
export interface DeflatedSharpe {
  /** The Sharpe ratio the best of so many variants without any skill is expected to show, per return. */
  readonly expectedMaximum: number;
  /** Probability, 0–1, that the true Sharpe ratio is above {@link expectedMaximum}. Convincing from 0.95. */
  readonly probability: number;
}

/**
 * The deflated Sharpe ratio:
 * `Φ((SR − SR₀) · √(T − 1) / √(1 − skewness · SR + (kurtosis − 1) / 4 · SR²))` with
 * `SR₀ = √variance · ((1 − γ) · Φ⁻¹(1 − 1/N) + γ · Φ⁻¹(1 − 1/(N·e)))` and γ the Euler–Mascheroni constant. For one trial SR₀ is 0
 * (the probabilistic Sharpe ratio). `null` below two observations or one trial, and where the formula has no real value.
 * @see D. H. Bailey, M. López de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management, 2014
 */
export function computeDeflatedSharpe(input: DeflatedSharpeInput): DeflatedSharpe | null {
  const { sharpe, observations, skewness, kurtosis, trials, sharpeVariance } = input;
  if (!(observations >= 2 && trials >= 1 && sharpeVariance >= 0)) return null;
  const expectedMaximum = expectedMaximumSharpe(trials, sharpeVariance);
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  if (!(spread > 0)) return null;
  const z = ((sharpe - expectedMaximum) * Math.sqrt(observations - 1)) / Math.sqrt(spread);
  return Number.isFinite(z) ? { expectedMaximum, probability: normalProbability(z) } : null;
}

function expectedMaximumSharpe(trials: number, variance: number): number {
  if (trials === 1) return 0;
  const ofNormals =
    (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / trials) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (trials * Math.E));
  return Math.sqrt(variance) * ofNormals;
}

/**
 * The deflated Sharpe ratio of the best of several variants, each given by its returns (see `dailyReturns`), or of the one at `chosen`, when
 * the choice was not by these returns alone. `null` when there are none, or none of them varies.
 */
export function deflateBestSharpe(variants: readonly Float64Array[], chosen?: number): DeflatedSharpe | null {
  const moments = variants.map(computeMoments);
  const sharpes = Float64Array.from(moments, ({ mean, deviation }) => (deviation > 0 ? mean / deviation : 0));
  const best = sharpes.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const index = chosen ?? sharpes.indexOf(best);
  const [sharpe, moment] = [sharpes[index], moments[index]];
  if (sharpe === undefined || !moment) return null;
  const { count, skewness, kurtosis } = moment;
  return computeDeflatedSharpe({
    sharpe,
    observations: count,
    skewness,
    kurtosis,
    trials: variants.length,
    sharpeVariance: variants.length === 1 ? 0 : computeMoments(sharpes).deviation ** 2,
  });
}
