import { bodyShareAt } from './body-share.ts';
import { type IndicatorColumn, valueAt } from './indicators/indicator.ts';
import { FLAT_LOG_RANGE } from './log-candles.ts';
import type { LogIndicators } from './log-indicators.ts';
import { volumeRatioAt } from './volume-ratio.ts';

/** Candles the slope of EMA 20 is measured over. */
export const SLOPE_CANDLES = 5;
/** Candles the direction of RSI is measured over. */
export const RSI_DIRECTION_CANDLES = 3;

/**
 * Everything the quick signal's factors read of one candle, all free of the price's scale. Distances are in ATRs of
 * log prices. `null` where there is no evidence: a warm-up, a market without range, a market without volume.
 */
export interface QuickReadings {
  /** Close above (+) or below (−) EMA 20, in ATRs. */
  readonly closeToEma20: number | null;
  /** EMA 20 above (+) or below (−) EMA 50, in ATRs. */
  readonly ema20ToEma50: number | null;
  /** Change of EMA 20 per candle over {@link SLOPE_CANDLES} candles, in ATRs. */
  readonly ema20Slope: number | null;
  readonly adx: number | null;
  /** `(+DI − −DI) / (+DI + −DI)`, −1 to 1. */
  readonly diBalance: number | null;
  /** 0–100. */
  readonly rsi: number | null;
  /** Change of RSI over {@link RSI_DIRECTION_CANDLES} candles, in RSI points. */
  readonly rsiChange: number | null;
  /** MACD histogram, in ATRs. */
  readonly macdHistogram: number | null;
  /** Place of the close in the Bollinger band: 0 lower band, 1 upper band. */
  readonly percentB: number | null;
  /** Volume as a multiple of the mean of the 20 candles before. */
  readonly volumeRatio: number | null;
  /** `(close − open) / (high − low)`, −1 to 1. */
  readonly bodyShare: number | null;
}

/** The readings of the candle at `index`. Reads nothing after it. */
export function readQuick(indicators: LogIndicators, index: number): QuickReadings {
  const { candles, ema20, ema50, rsi } = indicators;
  const inAtrs = (from: IndicatorColumn, to: IndicatorColumn, fromIndex = index) =>
    quotient(difference(valueAt(from, fromIndex), valueAt(to, index)), valueAt(indicators.atr, index));
  const slope = index < SLOPE_CANDLES ? null : inAtrs(ema20, ema20, index - SLOPE_CANDLES);
  const plusDi = valueAt(indicators.plusDi, index);
  const minusDi = valueAt(indicators.minusDi, index);
  return {
    closeToEma20: inAtrs(ema20, candles.close),
    ema20ToEma50: inAtrs(ema50, ema20),
    ema20Slope: slope === null ? null : slope / SLOPE_CANDLES,
    adx: valueAt(indicators.adx, index),
    diBalance: quotient(difference(minusDi, plusDi), sum(minusDi, plusDi)),
    rsi: valueAt(rsi, index),
    rsiChange:
      index < RSI_DIRECTION_CANDLES
        ? null
        : difference(valueAt(rsi, index - RSI_DIRECTION_CANDLES), valueAt(rsi, index)),
    macdHistogram: quotient(valueAt(indicators.macdHistogram, index), valueAt(indicators.atr, index)),
    percentB: isBandFlat(indicators, index) ? null : valueAt(indicators.percentB, index),
    volumeRatio: volumeRatioAt(candles.volume, index),
    bodyShare: bodyShareAt(candles, index),
  };
}

function isBandFlat({ bandLower, bandUpper }: LogIndicators, index: number): boolean {
  const width = difference(valueAt(bandLower, index), valueAt(bandUpper, index));
  return width === null || width <= FLAT_LOG_RANGE;
}

function difference(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from;
}

function sum(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left + right;
}

function quotient(value: number | null, unit: number | null): number | null {
  return value === null || unit === null || unit <= FLAT_LOG_RANGE ? null : value / unit;
}
