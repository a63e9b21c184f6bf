import { formatNumber } from '../format-number.ts';
import { FAMILY_TITLES } from './base-model.ts';
import type { FamilyReport } from './prediction-model.ts';

const BRIER_DIGITS = 5;

/** Why a family was chosen, with the Brier scores of all. */
export function explainChoice(best: FamilyReport, families: readonly FamilyReport[]): string {
  const others = families
    .filter(({ family }) => family !== best.family)
    .map(({ family, brier }) => `${formatNumber(brier, BRIER_DIGITS)} of ${FAMILY_TITLES[family]}`);
  const own = `out-of-sample Brier score ${formatNumber(best.brier, BRIER_DIGITS)}`;
  return `${FAMILY_TITLES[best.family]}: ${own} against ${others.join(', ')}`;
}

/** Whether the probabilities know more than the base rate, and how that is known. */
export function explainEdge(report: FamilyReport): string {
  const { brier, baselineBrier, brierSkill, skillInterval } = report;
  const scores = `out-of-sample Brier score ${formatNumber(brier, BRIER_DIGITS)} against ${formatNumber(baselineBrier, BRIER_DIGITS)} of the base rate`;
  if (skillInterval === null)
    return `no edge shown: the history is too short to tell skill from luck; ${scores}`;
  const [low, high] = [skillInterval.low, skillInterval.high].map(
    (skill) => `${formatNumber(100 * skill, 2)} %`,
  );
  const skill = `skill ${formatNumber(100 * brierSkill, 2)} %, 99 % confidence ${low} to ${high}`;
  return skillInterval.low > 0 ? `edge: ${skill}; ${scores}` : `no edge: ${skill}; ${scores}`;
}
