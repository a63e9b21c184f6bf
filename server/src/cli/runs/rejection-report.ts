import {
  REJECTION_REASONS,
  type RejectionReason,
  type RunRejection,
  type RunRejections,
} from '@fast-scanner/shared';
import { formatNumber } from '../format-cells.ts';
import type { Paint } from '../palette.ts';
import { type Column, renderTable } from '../render-table.ts';

const MEANINGS: Readonly<Record<RejectionReason, string>> = {
  low_confluence: 'the score is below the minimum, or there is no side to trade',
  no_data: 'the exchange has no usable candles',
  missing_critical_tf: 'a timeframe that the mode cannot do without is missing',
  risk_validation: 'the risk of the plan is not acceptable to the mode',
  no_trade_plan: 'there is no stop and target that make sense',
  errors: 'failed, which is no verdict on the symbol',
};

interface ExplainedRow extends RunRejection {
  readonly kind: RejectionReason;
}

const COLUMNS: readonly Column<ExplainedRow>[] = [
  { title: 'Symbol', align: 'left', text: ({ symbol }) => symbol },
  { title: 'Score', align: 'right', text: ({ score }) => formatNumber(score, 1) },
  { title: 'Minimum', align: 'right', text: ({ threshold }) => formatNumber(threshold, 0) },
  {
    title: 'Kind',
    align: 'left',
    text: ({ kind }) => kind,
    tone: ({ kind }) => (kind === 'errors' ? 'bad' : 'plain'),
  },
  {
    title: 'Reason',
    align: 'left',
    text: ({ reason, code }) => (code === undefined ? reason : `${reason} (${code})`),
  },
];

/** How many symbols are no signal for which reason. */
export function renderRejectionCounts({ total_rejected, by_reason }: RunRejections): string {
  const lines = REJECTION_REASONS.filter((reason) => by_reason[reason] > 0).map((reason) => {
    const count = String(by_reason[reason]).padStart(5);
    return `${count}  ${reason.padEnd(20)} ${MEANINGS[reason]}\n`;
  });
  return `\nNo signal from ${total_rejected}:\n${lines.join('')}`;
}

/** Every symbol that is no signal with its own reason, the nearest to one first. */
export function renderRejections({ details }: RunRejections, paint: Paint): string {
  const rows = REJECTION_REASONS.flatMap((kind) =>
    (details[kind] ?? []).map((rejection): ExplainedRow => ({ ...rejection, kind })),
  );
  const byScore = rows.sort((left, right) => (right.score ?? -1) - (left.score ?? -1));
  return renderTable(COLUMNS, byScore, paint);
}
