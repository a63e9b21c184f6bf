import { type CandleColumns, sliceColumns } from '@fast-scanner/shared';
import { computeSignals, type StrategyChoice } from './backtest-strategy.ts';
import type { SignalColumns } from './signal-columns.ts';

/** Places at which the candles are cut, spread evenly. */
const CUTS = 16;

/**
 * Looks for a strategy that reads the future: evaluates it again on the candles up to several places, and answers the position of
 * the first signal that changes when what comes after it is cut off. `null` when none does, which is no proof, but what a mistake
 * seldom survives. For strategies from a user's own file; costs about as much as nine evaluations.
 */
export function findLookAhead<Name extends string>(
  candles: CandleColumns,
  choice: StrategyChoice<Name>,
): number | null {
  const whole = computeSignals(candles, choice);
  for (let cut = 1; cut < CUTS; cut += 1) {
    const length = Math.floor((cut * whole.length) / CUTS);
    const part = computeSignals(sliceColumns(candles, 0, length), choice);
    const changed = firstDifference(whole, part);
    if (changed !== null) return changed;
  }
  return null;
}

function firstDifference(whole: SignalColumns, part: SignalColumns): number | null {
  for (let i = 0; i < part.length; i += 1) {
    const isSame =
      whole.order[i] === part.order[i] &&
      Object.is(whole.stopOrNull?.[i], part.stopOrNull?.[i]) &&
      Object.is(whole.targetOrNull?.[i], part.targetOrNull?.[i]);
    if (!isSame) return i;
  }
  return null;
}
