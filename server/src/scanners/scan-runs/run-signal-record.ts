import { type RunSignal, timeframeMs } from '@fast-scanner/shared';
import type { SignalRecord } from '../../store/signal-record.ts';
import { SIGNAL_HORIZON } from '../common/scan-signal-record.ts';
import { signalIdOf } from '../common/signal-id.ts';
import type { RunJob } from './run-record.ts';

/** What is kept of a run's signal. Its trade enters at once, with the plan's stop and first target. */
export function toRunSignalRecord(
  { id, input }: RunJob,
  signal: RunSignal,
  recordedAt: number,
): SignalRecord {
  const { symbol, primary_timeframe: timeframe, analysis, direction } = signal;
  const { mode, exchange } = input;
  const candleCloseTime = Date.parse(signal.candle_close_time);
  const identity = { origin: 'run', mode, exchange, symbol, timeframe, candleCloseTime } as const;
  const isLong = direction === 'LONG';
  return {
    ...identity,
    id: signalIdOf(identity),
    jobId: id,
    recordedAt,
    signalType: direction,
    direction: isLong ? 'long' : 'short',
    regime: analysis.market_regime.regime,
    score: isLong ? signal.score : -signal.score,
    price: analysis.sl_tp?.entry ?? signal.entry_near,
    stop: signal.stop_loss,
    target: analysis.sl_tp?.takeProfit ?? null,
    horizonCandles: SIGNAL_HORIZON,
    prediction: null,
    provenance: analysis.provenance,
    dueAt: candleCloseTime + SIGNAL_HORIZON * timeframeMs(timeframe),
    outcome: null,
  };
}
