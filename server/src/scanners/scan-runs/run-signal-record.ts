import { type Timeframe, timeframeMs } from '@fast-scanner/shared';
import type { SignalRecord } from '../../store/signal-record.ts';
import { SIGNAL_HORIZON, toRecordedPrediction } from '../common/scan-signal-record.ts';
import { signalIdOf } from '../common/signal-id.ts';
import { stateRunSignal } from '../common/signal-statement.ts';
import type { RunJob, RunOutcome } from './run-record.ts';

type FoundSignal = Extract<RunOutcome, { status: 'signal' }>;

/** What is said so soon after a candle's close is said at its close: no candle of a run's timeframes closes meanwhile. */
const AT_ONCE_MS = 60_000;

/** What is kept of a run's signal; `null` when its analysis has no plan to follow. */
export function toRunSignalRecord(
  { id, input }: RunJob,
  { signal, asOf }: FoundSignal,
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
    dueAt: entryTime(candleCloseTime, { timeframe, asOf }) + SIGNAL_HORIZON * timeframeMs(timeframe),
    outcome: null,
  };
}

/**
 * When the trade begins. A run also goes by the price and the shorter candles of its moment, which the candle under way is made of: said
 * later than at once, its trade begins with the candle after that, so that nothing it knew is counted as its success.
 */
function entryTime(
  candleCloseTime: number,
  { timeframe, asOf }: { readonly timeframe: Timeframe; readonly asOf: number },
): number {
  return asOf <= candleCloseTime + AT_ONCE_MS ? candleCloseTime : candleCloseTime + timeframeMs(timeframe);
}
