import { type DeepAnalysis, type Provenance, type QuickSignal, timeframeMs } from '@fast-scanner/shared';
import { PREDICTION_DEFAULTS } from '../../analysis/prediction/prediction-options.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import { signalIdOf } from './signal-id.ts';
import { stateScanSignal } from './signal-statement.ts';

/** Candles after which the trade of a scan's or run's signal ends anyway. */
export const SIGNAL_HORIZON = PREDICTION_DEFAULTS.horizonCandles;

export interface ScanFindings {
  readonly quick: QuickSignal;
  /** `null` when there was no second phase, or it failed. */
  readonly deep: DeepAnalysis | null;
  readonly recordedAt: number;
}

/** What is kept of a scan's signal, and of the same signal when the scan is replayed. */
export function toScanSignalRecord(findings: ScanFindings, origin: 'scan' | 'replay'): SignalRecord {
  const { quick, deep, recordedAt } = findings;
  const { exchange, symbol, timeframe } = quick;
  const candleCloseTime = Date.parse(quick.candleCloseTime);
  const identity = { origin, mode: null, exchange, symbol, timeframe, candleCloseTime };
  return {
    ...identity,
    id: signalIdOf(identity),
    jobId: origin === 'scan' ? quick.scanId : null,
    recordedAt,
    ...stateScanSignal(quick, deep),
    horizonCandles: SIGNAL_HORIZON,
    prediction: toRecordedPrediction(deep),
    provenance: deep ? joinProvenance(quick.provenance, deep.provenance) : quick.provenance,
    dueAt: candleCloseTime + SIGNAL_HORIZON * timeframeMs(timeframe),
    outcome: null,
  };
}

/** What the prediction said, and the prices that decide whether it came true. */
export function toRecordedPrediction(deep: DeepAnalysis | null): SignalRecord['prediction'] {
  if (!deep?.ml_prediction) return null;
  const { probabilityUp, horizonCandles, upPrice: up, downPrice: down } = deep.ml_prediction;
  return { probabilityUp, horizonCandles, up, down };
}

/** Both phases have windows of their own; that of the first comes first. */
function joinProvenance(quick: Provenance, deep: Provenance): Provenance {
  return { ...deep, warmupOk: quick.warmupOk, candles: [...quick.candles, ...deep.candles] };
}
