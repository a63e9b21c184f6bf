import type { RunChange, RunSignal } from '@fast-scanner/shared';
import type { RunItem } from './run-record.ts';

/** Scores must differ by this many points to count as a change. */
const SCORE_STEP = 5;

/**
 * What changed from one run's signals to another's: new, dropped (with the reason the later run gives), flipped (to the other side),
 * stronger or weaker (≥ 5 points on the same side). In the order of the later run's signals, best first, dropped ones last.
 */
export function compareRuns(before: readonly RunItem[], after: readonly RunItem[]): RunChange[] {
  const earlier = signalsOf(before);
  const later = signalsOf(after);
  const changed = [...later.values()].flatMap((signal) => {
    const previous = earlier.get(signal.symbol);
    return previous ? (compareSignals(previous, signal) ?? []) : [appeared(signal)];
  });
  const gone = [...earlier.values()].filter(({ symbol }) => !later.has(symbol));
  return [...changed, ...gone.map((signal) => disappeared(signal, after))];
}

function signalsOf(items: readonly RunItem[]): ReadonlyMap<string, RunSignal> {
  const signals = items.flatMap((item) => (item.status === 'signal' ? [item.signal] : []));
  return new Map(signals.sort((a, b) => b.score - a.score).map((signal) => [signal.symbol, signal]));
}

function appeared({ symbol, direction, score }: RunSignal): RunChange {
  const detail = `${symbol} is new: ${direction} with ${score.toFixed(1)}`;
  return { symbol, change: 'new', from: null, to: direction, delta: null, detail };
}

function disappeared({ symbol, direction }: RunSignal, after: readonly RunItem[]): RunChange {
  const now = after.find((item) => item.symbol === symbol);
  const why = !now || now.status === 'signal' ? 'the later run did not look at it' : now.rejection.reason;
  const detail = `${symbol} is no signal any more: ${why}`;
  return { symbol, change: 'dropped', from: direction, to: null, delta: null, detail };
}

function compareSignals(before: RunSignal, { symbol, direction, score }: RunSignal): RunChange | null {
  const delta = score - before.score;
  if (before.direction !== direction) {
    const detail = `${symbol} went from ${before.direction} to ${direction}`;
    return { symbol, change: 'flipped', from: before.direction, to: direction, delta: null, detail };
  }
  if (Math.abs(delta) < SCORE_STEP) return null;
  return {
    symbol,
    change: delta > 0 ? 'stronger' : 'weaker',
    from: before.score.toFixed(1),
    to: score.toFixed(1),
    delta,
    detail: `${symbol} ${direction} ${delta > 0 ? 'gained' : 'lost'} ${Math.abs(delta).toFixed(1)} points`,
  };
}
