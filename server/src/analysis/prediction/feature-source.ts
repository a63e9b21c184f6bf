import type { CandleColumns } from '@fast-scanner/shared';
import { createColumn } from '../indicators/column.ts';
import type { IndicatorColumn } from '../indicators/indicator.ts';
import { computeSma } from '../indicators/sma.ts';
import { FLAT_LOG_RANGE } from '../log-candles.ts';
import { computeLogIndicators, type LogIndicators } from '../log-indicators.ts';

/** Candles the usual size of a one-candle return is taken from. */
export const VOLATILITY_CANDLES = 100;

/** What the features read: indicator columns over log prices, computed once, aligned with the candles. */
export interface FeatureSource {
  readonly indicators: LogIndicators;
  /** Root mean square of the log returns of the last {@link VOLATILITY_CANDLES} candles; NaN in a market that does not move. */
  readonly volatility: IndicatorColumn;
  /** ATR 14 of log prices; NaN in a market that does not move. */
  readonly atr: IndicatorColumn;
}

/** The shared columns of a series; `indicators` may be the ones already computed of the same series. */
export function computeFeatureSource(
  candles: CandleColumns,
  indicators: LogIndicators = computeLogIndicators(candles),
): FeatureSource {
  const squares = logReturns(indicators.candles.close, 1).map((change) => change * change);
  const volatility = computeSma(squares, VOLATILITY_CANDLES).map(Math.sqrt);
  return { indicators, volatility: unitOf(volatility), atr: unitOf(indicators.atr) };
}

/** Change of a log price over `candles`; NaN for the first of them. */
export function logReturns(logPrices: Float64Array, candles: number): IndicatorColumn {
  const out = createColumn(logPrices.length, candles);
  for (let i = candles; i < out.length; i += 1) out[i] = (logPrices[i] ?? 0) - (logPrices[i - candles] ?? 0);
  return out;
}

/** A column to divide by: what is no movement at all is no unit. */
function unitOf(column: IndicatorColumn): IndicatorColumn {
  return column.map((value) => (value > FLAT_LOG_RANGE ? value : Number.NaN));
}
