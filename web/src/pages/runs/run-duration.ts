import type { RunSummary } from '@fast-scanner/client';

/** From its start to its end, ms; `null` without both. */
export function runDuration(run: Pick<RunSummary, 'started_at' | 'completed_at'>): number | null {
  if (run.started_at === null || run.completed_at === null) return null;
  return Date.parse(run.completed_at) - Date.parse(run.started_at);
}
