import type { SignalRecord } from './signal-record.ts';

/**
 * A kept signal with what was `null` and is said now: regime, stop and target, and the prediction together with its model. Stop and target
 * only of the same direction; nothing of a signal whose outcome is known, because it was judged by what it said then.
 * @returns `null` when there is nothing to fill in
 */
export function fillSignal(kept: SignalRecord, said: SignalRecord): SignalRecord | null {
  if (kept.outcome) return null;
  const isSameSide = kept.direction === said.direction;
  const isPredicted = kept.prediction !== null || kept.provenance.modelId !== null;
  const { prediction, provenance } = isPredicted ? kept : said;
  const filled = {
    ...kept,
    regime: kept.regime ?? said.regime,
    stop: kept.stop ?? (isSameSide ? said.stop : null),
    target: kept.target ?? (isSameSide ? said.target : null),
    prediction,
    provenance: { ...kept.provenance, modelId: provenance.modelId },
  };
  return isEqual(kept, filled) ? null : filled;
}

function isEqual(kept: SignalRecord, filled: SignalRecord): boolean {
  return (
    kept.regime === filled.regime &&
    kept.stop === filled.stop &&
    kept.target === filled.target &&
    kept.prediction === filled.prediction &&
    kept.provenance.modelId === filled.provenance.modelId
  );
}
