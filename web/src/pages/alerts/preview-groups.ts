import type { AlertOutcome, AlertVerdict } from '@fast-scanner/client';

/** What matters most stands first. */
export const OUTCOMES = [
  'fires',
  'already_fired',
  'cooldown',
  'below_threshold',
  'no_data',
  'unchanged',
  'not_watched',
] as const satisfies readonly AlertOutcome[];

export interface OutcomeCount {
  readonly outcome: AlertOutcome;
  readonly count: number;
}

/** How many verdicts there are of each outcome; those without one are left out. */
export function countOutcomes(verdicts: readonly AlertVerdict[]): readonly OutcomeCount[] {
  return OUTCOMES.map((outcome) => ({
    outcome,
    count: verdicts.filter((verdict) => verdict.outcome === outcome).length,
  })).filter(({ count }) => count > 0);
}

/** Those of an outcome, or all of them; what matters most first. */
export function chooseVerdicts(
  verdicts: readonly AlertVerdict[],
  chosen: AlertOutcome | null,
): readonly AlertVerdict[] {
  if (chosen !== null) return verdicts.filter(({ outcome }) => outcome === chosen);
  return OUTCOMES.flatMap((outcome) => verdicts.filter((verdict) => verdict.outcome === outcome));
}
