import type { SymbolStepFailure } from '../../scanners/replay/replay-run.ts';
import { formatCount } from '../format-cells.ts';

/** Symbols named for one reason; `--json` has them all. */
const MOST_NAMED = 5;

/** Why there is less than a full signal at some steps, by reason; empty when there always is one. */
export function describeFailures(failures: readonly SymbolStepFailure[]): string {
  const none = failures.filter(({ hasSignal }) => !hasSignal);
  const shallow = failures.filter(({ hasSignal }) => hasSignal);
  return `${describe('Steps without a signal', none)}${describe('Signals without a deep analysis', shallow)}`;
}

function describe(title: string, failures: readonly SymbolStepFailure[]): string {
  if (failures.length === 0) return '';
  const reasons = [...new Set(failures.map(({ code }) => code))];
  const lines = reasons.map((reason) => describeReason(failures.filter(({ code }) => code === reason)));
  return `${title}:\n${lines.join('')}`;
}

/** The symbols that lack most come first, with what was said of the first of them. */
function describeReason(failures: readonly SymbolStepFailure[]): string {
  const sorted = failures.toSorted((one, other) => other.steps - one.steps);
  const named = sorted
    .slice(0, MOST_NAMED)
    .map(({ symbol, steps }) => `${symbol} ${steps.toLocaleString('en-US')}`);
  const more = sorted.length > MOST_NAMED ? [`${sorted.length - MOST_NAMED} symbols more`] : [];
  const steps = failures.reduce((sum, failure) => sum + failure.steps, 0);
  const [first] = sorted;
  return `  ${first?.code} ${formatCount(steps, 'step')}: ${[...named, ...more].join(', ')} (${first?.detail})\n`;
}
