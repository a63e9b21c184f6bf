import { type MarketJob, toIsoTime } from '@fast-scanner/shared';
import type { MarketScanJob } from './market-scan-record.ts';

/** A job without its results. */
export function toMarketJob({ id, input, state, ...job }: MarketScanJob): MarketJob {
  const current = state.successful + state.failed;
  const total = state.universe?.tickers.length ?? input.tickers?.length ?? 0;
  return {
    job_id: id,
    kind: input.task.kind,
    status: job.status,
    strategy: input.strategy,
    exchange: input.exchange,
    data_source: input.dataSource,
    current,
    total,
    progress_pct: percentOf(current, total),
    successful: state.successful,
    failed: state.failed,
    current_pnl: state.pnl,
    eta_seconds: job.status === 'running' ? state.etaSeconds : null,
    elapsed_time: toSeconds(state.durationMs),
    created_at: toIsoTime(job.createdAt),
    started_at: job.startedAt === null ? null : toIsoTime(job.startedAt),
    completed_at: job.endedAt === null ? null : toIsoTime(job.endedAt),
    error: job.error,
    details_kept: job.sweptAt === null,
  };
}

export function percentOf(done: number, total: number): number {
  return total === 0 ? 0 : Math.round((done / total) * 1000) / 10;
}

/** Milliseconds as seconds with three decimals. */
export function toSeconds(ms: number): number {
  return Math.round(ms) / 1000;
}
