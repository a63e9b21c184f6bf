import { REJECTION_REASONS, type RejectionReason } from '@fast-scanner/shared';
import { formatMissedScore } from './format-missed-score.ts';
import type { RunItem } from './run-record.ts';

export interface OutcomeFrame {
  readonly requested: number;
  readonly minScore: number;
}

/** How each reason reads after its number of symbols. */
const PHRASES: Readonly<Record<RejectionReason, (minScore: number) => string>> = {
  low_confluence: (minScore) => `below the score ${minScore} or without a side`,
  no_data: () => 'without usable data',
  missing_critical_tf: () => 'without a critical timeframe',
  risk_validation: () => 'with a risk the mode does not accept',
  no_trade_plan: () => 'without a trade plan',
  errors: () => 'failed',
};

/** A run's outcome in one sentence: how many signals, and what became of the others; without signals, how near the best one came. */
export function describeOutcome(items: readonly RunItem[], { requested, minScore }: OutcomeFrame): string {
  const signals = items.filter(({ status }) => status === 'signal').length;
  const parts = REJECTION_REASONS.flatMap((reason) => {
    const count = items.filter((item) => item.status !== 'signal' && item.reason === reason).length;
    return count === 0 ? [] : [`${count} ${PHRASES[reason](minScore)}`];
  });
  const skipped = requested - items.length;
  if (skipped > 0) parts.push(`${skipped} not looked at`);
  const head = `${signals === 0 ? 'no signal' : count(signals, 'signal')} from ${count(requested, 'symbol')}`;
  const sentence = parts.length === 0 ? head : `${head}: ${parts.join(', ')}`;
  return signals === 0 ? `${sentence}${describeBest(items)}` : sentence;
}

function describeBest(items: readonly RunItem[]): string {
  const rejected = items.flatMap((item) => (item.status === 'signal' ? [] : [item]));
  const scoreOf = ({ rejection }: (typeof rejected)[number]) => rejection.score ?? 0;
  const [best] = rejected.toSorted((a, b) => scoreOf(b) - scoreOf(a));
  if (!best || scoreOf(best) === 0) return '';
  const said = `; the best score was ${formatMissedScore(scoreOf(best))} of ${best.symbol}`;
  return best.reason === 'low_confluence' ? said : `${said}: ${best.rejection.reason}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
