import { type CandleSeries, type IndicatorSnapshot, sliceColumns } from '@fast-scanner/shared';
import { computeAdx } from './indicators/adx.ts';
import { computeAtr } from './indicators/atr.ts';
import { computeBollinger } from './indicators/bollinger.ts';
import { computeEma } from './indicators/ema.ts';
import { lastValue } from './indicators/indicator.ts';
import { computeMacd } from './indicators/macd.ts';
import { computeRsi } from './indicators/rsi.ts';
import { computeStochastic } from './indicators/stochastic.ts';
import { volumeRatioAt } from './volume-ratio.ts';

/** EMA 200 is shown only when its seed weighs less than 1 % of it: `(1 − 2/201)^500 ≈ 0.7 %` after the first 200 candles. */
export const EMA200_MIN_CANDLES = 700;

/** Candles after which the sliding windows of an indicator begin to be counted anew: its period, a common multiple of its periods. */
const BOLLINGER_BLOCK = 20;
const STOCHASTIC_BLOCK = 42;

/**
 * Newest values of the indicators in ordinary price units, for display: RSI 14, MACD 12/26/9, EMA 20/50/200, ATR 14,
 * ADX 14, Bollinger 20/2, Stochastic 14/3/3 and the volume ratio. `null` inside a warm-up; a market that
 * does not move has the neutral values RSI 50 and %B 0.5. Scores read {@link LogIndicators} instead.
 */
export function computeIndicatorSnapshot(series: CandleSeries): IndicatorSnapshot {
  const { close, length } = series;
  const lastClose = close.at(-1) ?? Number.NaN;
  const macd = computeMacd(close);
  const adx = computeAdx(series);
  const bands = computeBollinger(close.subarray(newestBlocks(length, BOLLINGER_BLOCK)));
  const stochastic = computeStochastic(sliceColumns(series, newestBlocks(length, STOCHASTIC_BLOCK)));
  const atr = lastValue(computeAtr(series));
  return {
    rsi: lastValue(computeRsi(close)),
    macd: {
      line: lastValue(macd.line),
      signal: lastValue(macd.signal),
      histogram: lastValue(macd.histogram),
    },
    ema: {
      ema20: lastValue(computeEma(close, 20)),
      ema50: lastValue(computeEma(close, 50)),
      ema200: length >= EMA200_MIN_CANDLES ? lastValue(computeEma(close, 200)) : null,
    },
    atr,
    atrPct: atr === null ? null : (100 * atr) / lastClose,
    adx: { adx: lastValue(adx.adx), plusDi: lastValue(adx.plusDi), minusDi: lastValue(adx.minusDi) },
    bollinger: {
      upper: lastValue(bands.upper),
      middle: lastValue(bands.middle),
      lower: lastValue(bands.lower),
      percentB: lastValue(bands.percentB),
      bandwidth: lastValue(bands.bandwidth),
    },
    stochastic: { k: lastValue(stochastic.k), d: lastValue(stochastic.d) },
    volumeRatio: volumeRatioAt(series.volume, length - 1),
  };
}

/**
 * Where the newest two to three blocks begin: all that the newest value of a sliding window depends on, to the last bit, as long as no
 * block is cut.
 */
function newestBlocks(length: number, block: number): number {
  return Math.max(0, (Math.floor(length / block) - 2) * block);
}
