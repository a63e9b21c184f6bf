import type { RunSummary } from '@fast-scanner/client';

/** The two runs that are compared, the older first; a third one takes the place of the one that was chosen first. */
export function toggleCompared(
  compared: readonly string[],
  runId: string,
  runs: readonly Pick<RunSummary, 'run_id' | 'created_at'>[],
): readonly string[] {
  if (compared.includes(runId)) return compared.filter((id) => id !== runId);
  const createdAt = new Map(runs.map(({ run_id, created_at }) => [run_id, created_at]));
  const [one, other] = [...compared, runId].slice(-2);
  if (one === undefined || other === undefined) return [runId];
  return (createdAt.get(one) ?? '') <= (createdAt.get(other) ?? '') ? [one, other] : [other, one];
}
