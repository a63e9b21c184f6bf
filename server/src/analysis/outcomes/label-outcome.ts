import { type CandleColumns, timeframeMs, toIsoTime } from '@fast-scanner/shared';
import { followTrade } from './follow-trade.ts';
import { findHorizonWindow, type Horizon, type HorizonWindow } from './horizon-window.ts';
import type { JudgedOutcome, JudgedPrediction, JudgedSignal } from './judged-signal.ts';
import { labelPrediction } from './label-prediction.ts';
import { costPctOf, DEFAULT_COSTS, type TradeCosts } from './trade-costs.ts';

/** Of the horizon; a signal with more of it missing is not judged by what is left, as a scan does not judge such candles. */
const MAX_MISSING_SHARE = 0.1;

export interface LabelOptions {
  /** Default {@link DEFAULT_COSTS}. */
  readonly costs?: TradeCosts;
  /** Whether no further candle is waited for: what is not there is missing. Default false. */
  readonly isFinal?: boolean;
}

/**
 * What became of a signal, from candles that closed after it: sorted and sound, possibly with gaps, of any time; `null` while the last
 * candle of its horizon, or of its prediction's, may still come.
 *
 * A trade is entered at the open of the first candle after the signal's, or later when it was said later (`dueAt`), and followed as by
 * `followTrade`; its net return is that
 * between the two prices less the costs. The forward return is that from the entry to the close of the horizon's last candle, whatever
 * happened to the trade. A missing candle is a time without trades: prices go on with the next one's open. With more than a tenth of
 * the horizon missing before a trade ended it is `unknown`; before the horizon's end there is no forward return; before the prediction
 * was decided there is no label. The entry candle opens when the signal's closes or later, so that nothing of the signal's own candle is read.
 */
export function labelOutcome(
  signal: JudgedSignal,
  candles: CandleColumns,
  { costs = DEFAULT_COSTS, isFinal = false }: LabelOptions = {},
): JudgedOutcome | null {
  const { horizonCandles, prediction } = signal;
  const window = findHorizonWindow(candles, tradeHorizon(signal));
  const predicted = prediction && findHorizonWindow(candles, predictionHorizon(signal, prediction));
  const isOver = window.isOver && predicted?.isOver !== false;
  if (!isOver && !isFinal) return null;
  const predictionLabel = predicted && judgePrediction(signal, candles, predicted);
  if (window.end === window.start) {
    return unknownOutcome(`none of the ${horizonCandles} candles after it is there`, predictionLabel);
  }
  const forwardReturnPct = isTrusted(window, window.end, horizonCandles)
    ? returnPct(candles.open[window.start], candles.close[window.end - 1])
    : null;
  const known = { candles, window, predictionLabel, forwardReturnPct };
  return signal.direction === 'none' ? judgeNone(signal, known) : judgeTrade(signal, known, costPctOf(costs));
}

function tradeHorizon({ symbol, timeframe, horizonCandles, dueAt }: JudgedSignal): Horizon {
  return { symbol, timeframe, horizonCandles, from: dueAt - horizonCandles * timeframeMs(timeframe) };
}

/** A prediction is of the signal's candle alone, whenever it was said. */
function predictionHorizon(signal: JudgedSignal, { horizonCandles }: JudgedPrediction): Horizon {
  const { symbol, timeframe, candleCloseTime: from } = signal;
  return { symbol, timeframe, horizonCandles, from };
}

const NO_TRADE = {
  netReturnPct: null,
  favourablePct: null,
  adversePct: null,
  candles: null,
  exitTime: null,
} as const;

/** The outcome of a signal whose candles could not be had. */
export function unknownOutcome(reason: string, predictionLabel: 0 | 1 | null = null): JudgedOutcome {
  return { ...NO_TRADE, outcome: 'unknown', reason, entry: null, forwardReturnPct: null, predictionLabel };
}

interface Known extends Pick<JudgedOutcome, 'predictionLabel' | 'forwardReturnPct'> {
  readonly candles: CandleColumns;
  readonly window: HorizonWindow;
}

function judgeNone(signal: JudgedSignal, known: Known): JudgedOutcome {
  const { candles, window, predictionLabel, forwardReturnPct } = known;
  if (forwardReturnPct === null) return tooManyMissing(signal, known, window.end);
  const entry = candles.open[window.start] ?? null;
  return { ...NO_TRADE, outcome: 'none', reason: null, entry, forwardReturnPct, predictionLabel };
}

function judgeTrade(signal: JudgedSignal, known: Known, costPct: number): JudgedOutcome {
  const { candles, window, predictionLabel, forwardReturnPct } = known;
  const { timeframe, stop, target, horizonCandles } = signal;
  const side = signal.direction === 'long' ? 1 : -1;
  const { start, end } = window;
  const trade = followTrade(candles, { side, stop, target, start, end });
  const { outcome, exitIndex, exitPrice, favourablePct, adversePct } = trade;
  const decidedBy = outcome === 'timeout' ? end : exitIndex;
  if (!isTrusted(window, decidedBy, horizonCandles)) return tooManyMissing(signal, known, decidedBy);
  const entry = candles.open[start] ?? Number.NaN;
  return {
    outcome,
    reason: null,
    entry,
    forwardReturnPct,
    netReturnPct: side * returnPct(entry, exitPrice) - costPct,
    favourablePct,
    adversePct,
    candles: exitIndex - start + 1,
    exitTime: toIsoTime((candles.openTime[exitIndex] ?? Number.NaN) + timeframeMs(timeframe)),
    predictionLabel,
  };
}

function judgePrediction(
  { prediction, price }: JudgedSignal,
  candles: CandleColumns,
  window: HorizonWindow,
): 0 | 1 | null {
  if (!prediction) return null;
  const { up, down, horizonCandles } = prediction;
  const { start, end } = window;
  if (start === end) return null;
  const { label, decidedAt, isTimeout } = labelPrediction(candles, { up, down, price, start, end });
  return isTrusted(window, isTimeout ? end : decidedAt, horizonCandles) ? label : null;
}

function tooManyMissing(
  { horizonCandles }: JudgedSignal,
  { window, predictionLabel }: Known,
  before: number,
): JudgedOutcome {
  const missing = window.missingBefore(before);
  const are = missing === 1 ? 'is' : 'are';
  return unknownOutcome(
    `${missing} of the ${horizonCandles} candles after it ${are} missing`,
    predictionLabel,
  );
}

function isTrusted(window: HorizonWindow, before: number, horizonCandles: number): boolean {
  return window.missingBefore(before) <= MAX_MISSING_SHARE * horizonCandles;
}

function returnPct(from = Number.NaN, to = Number.NaN): number {
  return 100 * (to / from - 1);
}
