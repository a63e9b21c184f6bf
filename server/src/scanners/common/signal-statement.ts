import type { CandleSeries, ContinuousSignal, QuickSignal } from '@fast-scanner/shared';
import { LABEL_HORIZON, LABEL_VOLATILITY_CANDLES } from '../../analysis/continuous/label-signal.ts';
import { newestRealisedVolatility } from '../../analysis/continuous/realised-volatility.ts';
import { biasOfSignalType } from '../../analysis/continuous/signal-type.ts';
import type { DeepAnalysisResult } from '../../analysis/deep-analysis.ts';
import { PREDICTION_DEFAULTS } from '../../analysis/prediction/prediction-options.ts';
import type { SignalRecord } from '../../store/signal-record.ts';

/** Distance of stop and target, in ATRs, of a scan's signal that has a side and no plan. */
const BARRIER_ATRS = PREDICTION_DEFAULTS.barrierAtrs;

/** The part of a kept signal that follows from candles and rules alone. */
export type SignalStatement = Pick<
  SignalRecord,
  'signalType' | 'direction' | 'regime' | 'score' | 'price' | 'stop' | 'target'
>;

type QuickFindings = Pick<QuickSignal, 'signal' | 'score' | 'indicators' | 'sparkline'>;
type DeepFindings = Pick<DeepAnalysisResult, 'market_regime' | 'sl_tp'>;

/**
 * What a scan says. The trade that decides the outcome has the stop and the first target of the plan; without a plan both lie 2 ATR
 * from the close. HOLD takes no side and has neither.
 */
export function stateScanSignal(quick: QuickFindings, deep: DeepFindings | null): SignalStatement {
  const { signal, score, sparkline } = quick;
  const price = sparkline.at(-1) ?? Number.NaN;
  return {
    signalType: signal,
    direction: signal === 'HOLD' ? 'none' : signal === 'BUY' ? 'long' : 'short',
    regime: deep?.market_regime.regime ?? null,
    score: score * 100,
    price,
    ...scanBarriers(quick, deep, price),
  };
}

function scanBarriers(quick: QuickFindings, deep: DeepFindings | null, price: number): Barriers {
  if (quick.signal === 'HOLD') return NO_BARRIERS;
  if (deep?.sl_tp) return { stop: deep.sl_tp.stopLoss, target: deep.sl_tp.takeProfit };
  const distance = BARRIER_ATRS * (quick.indicators.atr ?? 0);
  if (!(distance > 0 && distance < price)) return NO_BARRIERS; // the lower one would not be a price
  const side = quick.signal === 'BUY' ? 1 : -1;
  return { stop: price - side * distance, target: price + side * distance };
}

/** What a run says of a symbol that passed its rules: the plan of its deep analysis; `null` without one. */
export function stateRunSignal(
  deep: Pick<DeepAnalysisResult, 'market_regime' | 'sl_tp' | 'opportunity_score'>,
): SignalStatement | null {
  const plan = deep.sl_tp;
  if (!plan) return null;
  const isLong = plan.direction === 'long';
  return {
    signalType: isLong ? 'LONG' : 'SHORT',
    direction: plan.direction,
    regime: deep.market_regime.regime,
    score: isLong ? deep.opportunity_score : -deep.opportunity_score,
    price: plan.entry,
    stop: plan.stopLoss,
    target: plan.takeProfit,
  };
}

/**
 * What the continuous scanner says: stop and target lie one usual move of ten candles from the close, as for its labels. `candles` are those
 * the signal was computed from. `null` for NEUTRAL.
 */
export function stateContinuousSignal(
  signal: Pick<ContinuousSignal, 'signal_type' | 'combined_score' | 'price'>,
  candles: Pick<CandleSeries, 'close'>,
): SignalStatement | null {
  const { signal_type: signalType, combined_score: score, price } = signal;
  const bias = biasOfSignalType(signalType);
  if (bias === 'neutral') return null;
  const side = bias === 'bullish' ? 1 : -1;
  return {
    signalType,
    direction: side === 1 ? 'long' : 'short',
    regime: null,
    score: side * score,
    price,
    ...usualMoveBarriers(candles, price, side),
  };
}

function usualMoveBarriers({ close }: Pick<CandleSeries, 'close'>, price: number, side: 1 | -1): Barriers {
  const distance = newestRealisedVolatility(close, LABEL_VOLATILITY_CANDLES) * Math.sqrt(LABEL_HORIZON);
  if (!(distance > 0)) return NO_BARRIERS;
  return { stop: price * Math.exp(-side * distance), target: price * Math.exp(side * distance) };
}

type Barriers = Pick<SignalRecord, 'stop' | 'target'>;
const NO_BARRIERS: Barriers = { stop: null, target: null };
