import { toIsoTime } from '@fast-scanner/shared';
import type { FinishedReplay } from './run-replay.ts';

const DAY_MS = 86_400_000;

/** A replay for other programs. What differs from one time to the next, as how long it took, is left out. */
export function toReplayDocument({ result, scorecard }: FinishedReplay): object {
  const { status, dataSource, timeframe, stepMs, retrainMs, symbols, steps, signals } = result;
  return {
    success: status === 'completed' && signals > 0,
    status,
    exchange: dataSource.exchange,
    data_source: dataSource,
    timeframe,
    step_seconds: stepMs / 1000,
    from: toIsoTime(result.from),
    to: toIsoTime(result.to),
    retrain_days: retrainMs === null ? null : retrainMs / DAY_MS,
    symbols,
    steps,
    signals,
    settled: result.settled,
    failed: result.failed,
    paused: result.paused,
    unlisted: result.unlisted,
    failures: result.failures.map(({ symbol, code, detail, steps: missing, hasSignal }) => ({
      symbol,
      reason: code,
      detail,
      steps: missing,
      has_signal: hasSignal,
    })),
    models: result.models.map(({ from, modelId, reason }) => ({
      from: toIsoTime(from),
      model_id: modelId,
      reason,
    })),
    scorecard,
  };
}
