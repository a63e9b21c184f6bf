import { ALERT_OUTCOMES, type AlertOutcome, type AlertVerdict } from '@fast-scanner/shared';
import { NO_VALUE } from '../format-cells.ts';
import type { Paint, Tone } from '../palette.ts';
import { type Column, renderTable } from '../render-table.ts';

const WORDS: Readonly<Record<AlertOutcome, string>> = {
  fires: 'fires',
  already_fired: 'fired already',
  cooldown: 'rests',
  below_threshold: 'too small',
  unchanged: 'unchanged',
  no_data: 'unknown',
  not_watched: 'not watched',
};

const COLUMNS: readonly Column<AlertVerdict>[] = [
  { title: 'Rule', align: 'left', text: ({ ruleId }) => ruleId },
  { title: 'Symbol', align: 'left', text: ({ symbol }) => symbol ?? NO_VALUE },
  {
    title: 'Verdict',
    align: 'left',
    text: ({ outcome }) => WORDS[outcome],
    tone: ({ outcome }) => toneOf(outcome),
  },
  { title: 'Why', align: 'left', text: ({ detail }) => detail },
];

interface RuleCounts {
  readonly ruleId: string;
  readonly verdicts: readonly AlertVerdict[];
}

const COUNT_COLUMNS: readonly Column<RuleCounts>[] = [
  { title: 'Rule', align: 'left', text: ({ ruleId }) => ruleId },
  ...ALERT_OUTCOMES.map(
    (outcome): Column<RuleCounts> => ({
      title: WORDS[outcome],
      align: 'right',
      text: ({ verdicts }) => String(verdicts.filter((one) => one.outcome === outcome).length || NO_VALUE),
    }),
  ),
];

/** Each verdict with its reason. */
export function renderVerdicts(verdicts: readonly AlertVerdict[], paint: Paint): string {
  return renderTable(COLUMNS, verdicts, paint);
}

/** How many symbols each rule says what of. */
export function renderCounts(verdicts: readonly AlertVerdict[], paint: Paint): string {
  const byRule = new Map<string, AlertVerdict[]>();
  for (const verdict of verdicts) {
    byRule.set(verdict.ruleId, [...(byRule.get(verdict.ruleId) ?? []), verdict]);
  }
  const rows = [...byRule].map(([ruleId, ofRule]) => ({ ruleId, verdicts: ofRule }));
  return renderTable(COUNT_COLUMNS, rows, paint);
}

function toneOf(outcome: AlertOutcome): Tone {
  if (outcome === 'fires') return 'good';
  return outcome === 'already_fired' || outcome === 'cooldown' ? 'plain' : 'quiet';
}
