import type { CandleSeries, ContinuousSignalType, SignalLabel } from '@fast-scanner/shared';
import { timeframeMs } from '@fast-scanner/shared';
import { newestRealisedVolatility } from './realised-volatility.ts';
import { biasOfSignalType } from './signal-type.ts';

/** Candles after which a signal's time is over: as many as momentum looks back. */
export const LABEL_HORIZON = 10;
/** One-candle returns behind the volatility that the barriers are measured in. */
export const LABEL_VOLATILITY_CANDLES = 100;

/** What became of a signal. */
export type SignalOutcome = Pick<SignalLabel, 'outcome' | 'forward_return_pct' | 'horizon_candles'>;

export interface LabelledSignal {
  /** Close time of the signal's candle, epoch ms. */
  readonly closeTime: number;
  readonly signalType: ContinuousSignalType;
}

/**
 * What became of a signal by the triple-barrier method: target and stop lie one usual move of ten candles (σ of 100 one-candle log
 * returns · √10) from the signal's close, in log prices; the stop of a bearish signal is above, NEUTRAL is judged as bullish. A
 * candle that reaches both counts as the stop. The forward return is that from the signal's close to the close of the tenth
 * candle, whatever was reached before.
 *
 * `null` while the ten candles are not all closed, when the signal's candle is not among the candles, and without 100 candles before it.
 * @see M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 3
 */
export function labelSignal(
  series: CandleSeries,
  { closeTime, signalType }: LabelledSignal,
): SignalOutcome | null {
  const { openTime, close, timeframe } = series;
  const start = openTime.indexOf(closeTime - timeframeMs(timeframe));
  const end = start + LABEL_HORIZON;
  if (start < 0 || end >= close.length) return null;
  const volatility = newestRealisedVolatility(close.subarray(0, start + 1), LABEL_VOLATILITY_CANDLES);
  if (!(volatility > 0)) return null;
  const entry = close[start] ?? Number.NaN;
  const side = biasOfSignalType(signalType) === 'bearish' ? -1 : 1;
  const distance = volatility * Math.sqrt(LABEL_HORIZON);
  return {
    outcome: findOutcome(series, { start, end, side, distance }),
    forward_return_pct: (100 * ((close[end] ?? Number.NaN) - entry)) / entry,
    horizon_candles: LABEL_HORIZON,
  };
}

interface Barriers {
  readonly start: number;
  readonly end: number;
  readonly side: 1 | -1;
  /** Of either barrier, in log prices. */
  readonly distance: number;
}

function findOutcome(
  { high, low, close }: CandleSeries,
  { start, end, side, distance }: Barriers,
): SignalOutcome['outcome'] {
  const entry = Math.log(close[start] ?? Number.NaN);
  for (let i = start + 1; i <= end; i += 1) {
    const up = Math.log(high[i] ?? Number.NaN) - entry >= distance;
    const down = entry - Math.log(low[i] ?? Number.NaN) >= distance;
    if (side === 1 ? down : up) return 'stop';
    if (side === 1 ? up : down) return 'target';
  }
  return 'timeout';
}
