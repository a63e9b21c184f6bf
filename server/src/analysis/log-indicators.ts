import type { CandleColumns } from '@fast-scanner/shared';
import { computeAdx } from './indicators/adx.ts';
import { computeAtr } from './indicators/atr.ts';
import { computeBollinger } from './indicators/bollinger.ts';
import { computeEma } from './indicators/ema.ts';
import type { IndicatorColumn } from './indicators/indicator.ts';
import { computeMacd } from './indicators/macd.ts';
import { computeRsi } from './indicators/rsi.ts';
import { toLogCandles } from './log-candles.ts';

/** What the scores read: indicator columns over log prices, aligned with the candles, NaN inside each warm-up. */
export interface LogIndicators {
  /** Candles in log prices relative to the first close; see {@link toLogCandles}. */
  readonly candles: CandleColumns;
  readonly ema20: IndicatorColumn;
  readonly ema50: IndicatorColumn;
  /** ATR 14 of log prices: the usual range of a candle as a ratio of its price, the unit of every distance that is scored. */
  readonly atr: IndicatorColumn;
  readonly adx: IndicatorColumn;
  readonly plusDi: IndicatorColumn;
  readonly minusDi: IndicatorColumn;
  readonly rsi: IndicatorColumn;
  readonly macdHistogram: IndicatorColumn;
  readonly percentB: IndicatorColumn;
  readonly bandUpper: IndicatorColumn;
  readonly bandLower: IndicatorColumn;
}

/** Computes the columns once, so that the quick signal, the regime and the opportunity score share them. */
export function computeLogIndicators(series: CandleColumns): LogIndicators {
  const candles = toLogCandles(series);
  const bands = computeBollinger(candles.close);
  return {
    candles,
    ema20: computeEma(candles.close, 20),
    ema50: computeEma(candles.close, 50),
    atr: computeAtr(candles),
    ...computeAdx(candles),
    rsi: computeRsi(candles.close),
    macdHistogram: computeMacd(candles.close).histogram,
    percentB: bands.percentB,
    bandUpper: bands.upper,
    bandLower: bands.lower,
  };
}
