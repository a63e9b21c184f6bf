/**
 * Version of each set of rules. A number is raised whenever the same candles would give another signal, score, regime or plan, so that
 * what was said before is never compared with rules it was not made by; a test holds the numbers against recorded results.
 */
export const RULE_VERSIONS = {
  /** Quick signal: factors, weights, cut-offs. */
  quick: 1,
  /** Deep analysis: regime, plan, confluence, opportunity score. */
  deep: 1,
  /** Signals of the continuous scanner. */
  continuous: 1,
} as const;
