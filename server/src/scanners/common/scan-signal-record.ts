import { type DeepAnalysis, type Provenance, type QuickSignal, timeframeMs } from '@fast-scanner/shared';
import { PREDICTION_DEFAULTS } from '../../analysis/prediction/prediction-options.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import { signalIdOf } from './signal-id.ts';

/** Candles after which the trade of a scan's or run's signal ends anyway. */
export const SIGNAL_HORIZON = PREDICTION_DEFAULTS.horizonCandles;
/** Distance of stop and target, in ATRs, of a signal that has a side and no plan. */
const BARRIER_ATRS = PREDICTION_DEFAULTS.barrierAtrs;

export interface ScanFindings {
  readonly quick: QuickSignal;
  /** `null` when there was no second phase, or it failed. */
  readonly deep: DeepAnalysis | null;
  readonly recordedAt: number;
}

/**
 * What is kept of a scan's signal. The trade that decides its outcome has the stop and the first target of the plan; without a plan both
 * lie 2 ATR from the close. HOLD takes no side and has neither.
 */
export function toScanSignalRecord(findings: ScanFindings, origin: 'scan' | 'replay'): SignalRecord {
  const { quick, deep, recordedAt } = findings;
  const { exchange, symbol, timeframe } = quick;
  const candleCloseTime = Date.parse(quick.candleCloseTime);
  const identity = { origin, mode: null, exchange, symbol, timeframe, candleCloseTime };
  const price = quick.sparkline.at(-1) ?? quick.price;
  return {
    ...identity,
    id: signalIdOf(identity),
    jobId: origin === 'scan' ? quick.scanId : null,
    recordedAt,
    signalType: quick.signal,
    direction: directionOf(quick.signal),
    regime: deep?.market_regime.regime ?? null,
    score: quick.score * 100,
    price,
    ...barriersOf(quick, deep, price),
    horizonCandles: SIGNAL_HORIZON,
    prediction: null,
    provenance: deep ? joinProvenance(quick.provenance, deep.provenance) : quick.provenance,
    dueAt: candleCloseTime + SIGNAL_HORIZON * timeframeMs(timeframe),
    outcome: null,
  };
}

/** Both phases have windows of their own; that of the first comes first. */
function joinProvenance(quick: Provenance, deep: Provenance): Provenance {
  return { ...deep, warmupOk: quick.warmupOk, candles: [...quick.candles, ...deep.candles] };
}

function directionOf(signal: QuickSignal['signal']): SignalRecord['direction'] {
  if (signal === 'HOLD') return 'none';
  return signal === 'BUY' ? 'long' : 'short';
}

function barriersOf(
  { signal, indicators }: QuickSignal,
  deep: DeepAnalysis | null,
  price: number,
): Pick<SignalRecord, 'stop' | 'target'> {
  if (signal === 'HOLD') return { stop: null, target: null };
  if (deep?.sl_tp) return { stop: deep.sl_tp.stopLoss, target: deep.sl_tp.takeProfit };
  return atrBarriers(price, indicators.atr, signal === 'BUY' ? 1 : -1);
}

/** Without an ATR, or where the lower one would not be a price, there are none. */
function atrBarriers(price: number, atr: number | null, side: 1 | -1): Pick<SignalRecord, 'stop' | 'target'> {
  const distance = BARRIER_ATRS * (atr ?? 0);
  if (!(distance > 0 && distance < price)) return { stop: null, target: null };
  return { stop: price - side * distance, target: price + side * distance };
}
