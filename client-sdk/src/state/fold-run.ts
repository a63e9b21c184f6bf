import type {
  RejectionReason,
  RunEvent,
  RunEvents,
  RunRejection,
  RunRejections,
  RunResponse,
  RunSignal,
  RunSummary,
} from '@fast-scanner/shared';
import { advance } from './job-progress.ts';
import { jobFailure, toPhase } from './job-state.ts';
import type { RunPhase, RunState } from './run-state.ts';

/** The run as the server has it, joined with what was heard already. */
export function foldRun(state: RunState, run: RunResponse): RunState {
  const { metadata = null, signals, rejections, error } = run;
  const progress = advance(state.progress, {
    processed: run.progress,
    total: run.total,
    current: run.current_symbol,
    etaSeconds: run.eta_seconds,
    startTime: run.started_at,
    timestamp: run.completed_at ?? run.started_at ?? run.created_at,
  });
  return {
    ...state,
    runId: run.run_id,
    phase: toPhase<RunPhase>(run.status, run.status === 'queued' ? 'queued' : 'running'),
    mode: run.mode,
    exchange: run.exchange,
    dataSource: metadata?.data_source ?? state.dataSource,
    progress,
    signals: signals ?? state.signals,
    rejections: rejections ?? state.rejections,
    metadata,
    error: error ? jobFailure(error.code, error.detail) : null,
  };
}

/** Events of names unknown to this client change nothing. */
export function foldRunEvent(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'runStarted':
      return foldStart(state, event);
    case 'runSignal':
      return { ...foldProgress(state, event), signals: addSignal(state.signals, event.signal) };
    case 'runRejection': {
      const { reason, rejection } = event;
      return { ...foldProgress(state, event), rejections: addRejection(state.rejections, reason, rejection) };
    }
    case 'runError':
      return { ...state, error: jobFailure(event.code, event.error) };
    case 'runEnded':
      return foldEnd(state, event);
    default:
      return state;
  }
}

function foldStart(state: RunState, event: RunEvents['runStarted']): RunState {
  const { mode, exchange, data_source: dataSource, total, timestamp } = event;
  const progress = advance(state.progress, { total, startTime: timestamp, timestamp });
  return { ...state, phase: 'running', mode, exchange, dataSource, progress };
}

function foldProgress(state: RunState, event: RunEvents['runSignal'] | RunEvents['runRejection']): RunState {
  const { progress: processed, total, symbol, eta_seconds: etaSeconds, timestamp } = event;
  const news = { processed, total, current: symbol, etaSeconds, timestamp };
  return { ...state, progress: advance(state.progress, news) };
}

function foldEnd(state: RunState, { status, metadata, timestamp }: RunEvents['runEnded']): RunState {
  const progress = advance(state.progress, { timestamp, etaSeconds: null });
  return { ...state, phase: toPhase<RunPhase>(status, 'running'), metadata, progress };
}

function addSignal(signals: readonly RunSignal[], signal: RunSignal): readonly RunSignal[] {
  const others = signals.filter(({ symbol }) => symbol !== signal.symbol);
  return [...others, signal].sort((one, other) => other.score - one.score);
}

function addRejection(
  { details, by_reason, total_rejected }: RunRejections,
  reason: RejectionReason,
  rejection: RunRejection,
): RunRejections {
  const known = details[reason] ?? [];
  return {
    total_rejected: total_rejected + 1,
    by_reason: { ...by_reason, [reason]: by_reason[reason] + 1 },
    details: { ...details, [reason]: [...known, rejection] },
  };
}

/** What is left of a run whose findings have been swept. */
export function foldRunSummary(state: RunState, summary: RunSummary): RunState {
  return {
    ...state,
    phase: toPhase<RunPhase>(summary.status, 'running'),
    mode: summary.mode,
    exchange: summary.exchange,
    dataSource: summary.data_source,
    progress: advance(state.progress, {
      processed: summary.progress,
      total: summary.total,
      startTime: summary.started_at,
      timestamp: summary.completed_at ?? summary.created_at,
    }),
  };
}
