import type {
  MarketJob,
  MarketScanEvent,
  MarketScanEvents,
  MarketScanResult,
  SweepResult,
} from '@fast-scanner/shared';
import { advance } from './job-progress.ts';
import { jobFailure, toPhase } from './job-state.ts';
import type { MarketScanState } from './market-scan-state.ts';
import type { RunPhase } from './run-state.ts';

/** The job as the server has it, joined with what was heard already. */
export function foldMarketJob(state: MarketScanState, job: MarketJob): MarketScanState {
  const progress = advance(state.progress, {
    processed: job.current,
    total: job.total,
    etaSeconds: job.eta_seconds,
    startTime: job.started_at,
    timestamp: job.completed_at ?? job.started_at ?? job.created_at,
  });
  const { strategy, exchange, data_source: dataSource, error } = job;
  const isNews = progress.processed === job.current;
  return {
    ...state,
    jobId: job.job_id,
    phase: toPhase<RunPhase>(job.status, job.status === 'queued' ? 'queued' : 'running'),
    ...{ strategy, exchange, dataSource, progress },
    ...(isNews && { successful: job.successful, failed: job.failed, pnl: job.current_pnl }),
    error: error && jobFailure(error.code, error.detail),
  };
}

export function foldMarketResult(state: MarketScanState, result: MarketScanResult): MarketScanState {
  const { successful, failed, failures, total_pnl: pnl } = result;
  return { ...state, result, successful, failed, failures, pnl };
}

export function foldSweepResult(state: MarketScanState, sweepResult: SweepResult): MarketScanState {
  const { successful, failed, failures } = sweepResult;
  return { ...state, sweepResult, successful, failed, failures };
}

/** Events of names unknown to this client change nothing. */
export function foldMarketEvent(state: MarketScanState, event: MarketScanEvent): MarketScanState {
  switch (event.type) {
    case 'start':
      return foldStart(state, event);
    case 'progress':
      return foldProgress(state, event);
    case 'error': {
      const { ticker, error, code } = event;
      return { ...state, failures: [...state.failures, { ticker, error, code }] };
    }
    case 'complete': {
      const { type, seq, ...result } = event;
      return end(foldMarketResult(state, result), 'complete', event);
    }
    case 'sweepComplete': {
      const { type, seq, ...result } = event;
      return end(foldSweepResult(state, result), 'complete', event);
    }
    case 'cancelled':
      return end(state, 'cancelled', event);
    case 'failed':
      return end({ ...state, error: jobFailure(event.code, event.error) }, 'failed', event);
    default:
      return state;
  }
}

function foldStart(state: MarketScanState, { total, timestamp }: MarketScanEvents['start']): MarketScanState {
  const progress = advance(state.progress, { total, startTime: timestamp, timestamp });
  return { ...state, phase: 'running', progress };
}

function foldProgress(state: MarketScanState, event: MarketScanEvents['progress']): MarketScanState {
  const { current: processed, total, ticker, eta_seconds: etaSeconds, timestamp } = event;
  const progress = advance(state.progress, { processed, total, current: ticker, etaSeconds, timestamp });
  if (progress.processed > processed) return { ...state, progress }; // older than what was read
  return { ...state, progress, successful: event.successful, failed: event.failed, pnl: event.current_pnl };
}

function end(
  state: MarketScanState,
  phase: RunPhase,
  { timestamp }: { readonly timestamp: string },
): MarketScanState {
  return { ...state, phase, progress: advance(state.progress, { timestamp, etaSeconds: null }) };
}
