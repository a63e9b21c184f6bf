import { type RunSignal, timeframeMs } from '@fast-scanner/shared';
import type { SignalRecord } from '../../store/signal-record.ts';
import { SIGNAL_HORIZON, toRecordedPrediction } from '../common/scan-signal-record.ts';
import { signalIdOf } from '../common/signal-id.ts';
import { stateRunSignal } from '../common/signal-statement.ts';
import type { RunJob } from './run-record.ts';

/** What is kept of a run's signal; `null` when its analysis has no plan to follow. */
export function toRunSignalRecord(
  { id, input }: RunJob,
  signal: RunSignal,
  recordedAt: number,
): SignalRecord | null {
  const { symbol, primary_timeframe: timeframe, analysis } = signal;
  const { mode, exchange } = input;
  const candleCloseTime = Date.parse(signal.candle_close_time);
  const identity = { origin: 'run', mode, exchange, symbol, timeframe, candleCloseTime } as const;
  const statement = stateRunSignal(analysis);
  if (!statement) return null;
  return {
    ...identity,
    id: signalIdOf(identity),
    jobId: id,
    recordedAt,
    ...statement,
    horizonCandles: SIGNAL_HORIZON,
    prediction: toRecordedPrediction(analysis),
    provenance: analysis.provenance,
    dueAt: candleCloseTime + SIGNAL_HORIZON * timeframeMs(timeframe),
    outcome: null,
  };
}
