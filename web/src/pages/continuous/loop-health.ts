import type { StreamState } from '@fast-scanner/client';

/** `waiting`: runs, but has not done anything yet · `late`: the last run began late, or the next should have been long ago. */
export type LoopHealth = 'stopped' | 'waiting' | 'ok' | 'late' | 'failing';

/** How a loop fares at a moment, epoch ms of the server. */
export function loopHealth(stream: StreamState, isRunning: boolean, now: number): LoopHealth {
  const { interval_s, last_run_at, last_duration_ms, lag_ms, last_error } = stream;
  if (!isRunning) return 'stopped';
  if (last_run_at === null) return last_error === null ? 'waiting' : 'failing';
  const lastRun = Date.parse(last_run_at);
  if (last_error !== null && Date.parse(last_error.at) >= lastRun) return 'failing';
  const intervalMs = interval_s * 1000;
  const isOverdue = now - lastRun > 2 * intervalMs + (last_duration_ms ?? 0);
  return isOverdue || (lag_ms ?? 0) > intervalMs / 2 ? 'late' : 'ok';
}
