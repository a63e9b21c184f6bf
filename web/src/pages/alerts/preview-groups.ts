import { ALERT_OUTCOMES, type AlertOutcome, type AlertVerdict } from '@fast-scanner/client';

export interface OutcomeCount {
  readonly outcome: AlertOutcome;
  readonly count: number;
}

/** How many verdicts there are of each outcome; in the order of the contract; those without one are left out. */
export function countOutcomes(verdicts: readonly AlertVerdict[]): readonly OutcomeCount[] {
  return ALERT_OUTCOMES.map((outcome) => ({
    outcome,
    count: verdicts.filter((verdict) => verdict.outcome === outcome).length,
  })).filter(({ count }) => count > 0);
}

/** Those of an outcome, or all of them in the order of their outcomes: what fires first. */
export function chooseVerdicts(
  verdicts: readonly AlertVerdict[],
  chosen: AlertOutcome | null,
): readonly AlertVerdict[] {
  if (chosen !== null) return verdicts.filter(({ outcome }) => outcome === chosen);
  return ALERT_OUTCOMES.flatMap((outcome) => verdicts.filter((verdict) => verdict.outcome === outcome));
}
