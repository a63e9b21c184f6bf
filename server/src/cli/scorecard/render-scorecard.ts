import type { Scorecard, ScorecardDimension, ScorecardGroup } from '@fast-scanner/shared';
import { DATA_LABELS } from '../data-labels.ts';
import { formatMinute } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { renderReliability } from './reliability-table.ts';
import { renderGroups } from './scorecard-table.ts';

export interface ScorecardView {
  /** What to split by. */
  readonly by: ScorecardDimension;
  readonly paint: Paint;
}

/** A scorecard for people: what it is about, the whole and its parts, the predictions, and what that says in words. */
export function renderScorecard(scorecard: Scorecard, { by, paint }: ScorecardView): string {
  const { overall, reliability, verdict } = scorecard;
  return [
    `\n${describeScope(scorecard)}\n`,
    overall.n + overall.pending + overall.unknown === 0 ? '' : renderGroups(rowsOf(scorecard, by), by, paint),
    reliability === null ? '' : `\nPredicted and observed:\n${renderReliability(reliability, paint)}`,
    `\n${verdict.replaceAll(/(?<=\.) (?=[A-Z])/g, '\n')}\n`,
  ].join('');
}

/** A single part is the whole. */
function rowsOf({ overall, groups }: Scorecard, by: ScorecardDimension): readonly ScorecardGroup[] {
  const parts = groups[by] ?? [];
  return parts.length === 1 ? parts : [overall, ...parts];
}

function describeScope({ filters, from, to, data_kinds, cost_pct }: Scorecard): string {
  const chosen = Object.entries(filters).map(([name, value]) => `${name} ${value}`);
  return [
    ...(data_kinds.length === 0 ? ['no signals yet'] : data_kinds.map((kind) => DATA_LABELS[kind])),
    ...chosen,
    ...(from === null || to === null
      ? []
      : [`candles closed from ${formatMinute(from)} to ${formatMinute(to)}`]),
    `costs of a trade ${Number(cost_pct.toFixed(3))} %`,
  ].join(' · ');
}
