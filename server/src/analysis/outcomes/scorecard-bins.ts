import type { ScorecardBin } from '@fast-scanner/shared';
import { computeReliability } from '../prediction/reliability.ts';
import { forRows, type InTurns } from './in-turns.ts';
import { isEnough } from './scorecard-group.ts';
import type { ScorecardColumns } from './scorecard-rows.ts';
import { computeWilsonInterval } from './wilson-interval.ts';

/** How often the price rose at about the same predicted probability; `null` below the minimum of settled predictions. */
export function* computeScorecardBins(
  { length, label, probability }: ScorecardColumns,
  predictions: number,
): InTurns<ScorecardBin[] | null> {
  if (!isEnough(predictions)) return null;
  const chances = new Float64Array(predictions);
  const labels = new Uint8Array(predictions);
  let at = 0;
  yield* forRows(length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      const chance = probability[row] ?? Number.NaN;
      if ((label[row] ?? -1) < 0 || Number.isNaN(chance)) continue;
      chances[at] = chance;
      labels[at] = label[row] ?? 0;
      at += 1;
    }
  });
  return computeReliability({ probability: chances, label: labels }).map(
    ({ from, to, samples, meanProbability, observedRate }) => ({
      from,
      to,
      n: samples,
      mean_probability: meanProbability,
      share_up: observedRate,
      interval: observedRate === null ? null : computeWilsonInterval(observedRate * samples, samples),
    }),
  );
}
