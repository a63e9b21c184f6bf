import {
  REJECTION_REASONS,
  type RejectionCounts,
  type RejectionReason,
  RUN_MODES,
  type RunMetadata,
  type RunRejection,
  type RunRejections,
  type RunSignal,
  type RunSummary,
  toIsoTime,
} from '@fast-scanner/shared';
import { isEnded } from '../../jobs/job-record.ts';
import { describeOutcome } from './describe-outcome.ts';
import { progressOf, type RunItem, type RunJob, totalOf } from './run-record.ts';

export function percentOf(done: number, total: number): number {
  return total === 0 ? 0 : Math.round((done / total) * 1000) / 10;
}

/** What a run says of itself without its findings. */
export function toRunSummary(job: RunJob): RunSummary {
  const { input, state } = job;
  const [progress, total] = [progressOf(job), totalOf(job)];
  return {
    run_id: job.id,
    status: job.status,
    mode: input.mode,
    exchange: input.exchange,
    data_source: input.dataSource,
    progress,
    total,
    progress_pct: percentOf(progress, total),
    signals: state.signals,
    rejected: state.rejected,
    failed: state.failed,
    skipped: isEnded(job) ? total - progress : 0,
    created_at: toIsoTime(job.createdAt),
    started_at: job.startedAt === null ? null : toIsoTime(job.startedAt),
    completed_at: job.endedAt === null ? null : toIsoTime(job.endedAt),
    error: job.error,
    details_kept: job.sweptAt === null,
  };
}

/** Signals, best score first. */
export function toSignals(items: readonly RunItem[]): RunSignal[] {
  const signals = items.flatMap((item) => (item.status === 'signal' ? [item.signal] : []));
  return signals.sort((a, b) => b.score - a.score);
}

export function toRejections(items: readonly RunItem[]): RunRejections {
  const details: Partial<Record<RejectionReason, RunRejection[]>> = {};
  for (const item of items) {
    if (item.status === 'signal') continue;
    details[item.reason] = [...(details[item.reason] ?? []), item.rejection];
  }
  const counts = REJECTION_REASONS.map((reason) => [reason, details[reason]?.length ?? 0] as const);
  return {
    total_rejected: counts.reduce((sum, [, count]) => sum + count, 0),
    by_reason: Object.fromEntries(counts) as RejectionCounts, // a count of every reason
    details,
  };
}

/** The run's numbers as they stood if it ended now. */
export function toMetadata(job: RunJob, items: readonly RunItem[]): RunMetadata {
  const { input, state } = job;
  const mode = RUN_MODES[input.mode];
  const [scanned, requested] = [progressOf(job), totalOf(job)];
  return {
    mode: input.mode,
    requested,
    scanned,
    total: state.signals,
    rejected: state.rejected,
    failed: state.failed,
    skipped: requested - scanned,
    primary_timeframe: mode.primaryTimeframe,
    applied_timeframes: [...mode.timeframes],
    critical_timeframes: [...mode.criticalTimeframes],
    effective_min_score: input.minScore,
    min_risk_reward: mode.minRiskReward,
    leverage: input.leverage,
    exchange: input.exchange,
    data_source: input.dataSource,
    duration_ms: Math.round(state.durationMs),
    selection_note: state.selectionNote,
    summary: describeOutcome(items, { requested, minScore: input.minScore }),
  };
}
