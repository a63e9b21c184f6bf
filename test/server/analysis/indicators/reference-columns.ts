import { computeAdx } from '@fast-scanner/server/analysis/indicators/adx.ts';
import { computeAtr } from '@fast-scanner/server/analysis/indicators/atr.ts';
import { computeBollinger } from '@fast-scanner/server/analysis/indicators/bollinger.ts';
import { computeEma } from '@fast-scanner/server/analysis/indicators/ema.ts';
import type { IndicatorColumn } from '@fast-scanner/server/analysis/indicators/indicator.ts';
import { computeMacd } from '@fast-scanner/server/analysis/indicators/macd.ts';
import { computeObv } from '@fast-scanner/server/analysis/indicators/obv.ts';
import { computeRsi } from '@fast-scanner/server/analysis/indicators/rsi.ts';
import { computeSma } from '@fast-scanner/server/analysis/indicators/sma.ts';
import { computeStochastic } from '@fast-scanner/server/analysis/indicators/stochastic.ts';
import { computeVwap } from '@fast-scanner/server/analysis/indicators/vwap.ts';
import type { CandleColumns } from '@fast-scanner/shared';

export interface Quotes {
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly volume: readonly number[];
}

/**
 * The quotes as candles of one minute each, all in one UTC day: the references run one VWAP session over all of them. No other
 * indicator reads the time.
 */
export function candlesFromQuotes({ open, high, low, close, volume }: Quotes): CandleColumns {
  return {
    openTime: Float64Array.from(close, (_, index) => Date.UTC(2017, 0, 3) + index * 60_000),
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: Float64Array.from(volume),
  };
}

/** Every column of every indicator, under the names of `skender.data.json`. */
export function computeReferenceColumns(candles: CandleColumns): Readonly<Record<string, IndicatorColumn>> {
  const macd = computeMacd(candles.close);
  return {
    sma: computeSma(candles.close, 20),
    ema: computeEma(candles.close, 20),
    rsi: computeRsi(candles.close, 14),
    macdLine: macd.line,
    macdSignal: macd.signal,
    macdHistogram: macd.histogram,
    atr: computeAtr(candles, 14),
    ...computeAdx(candles, 14),
    ...computeBollinger(candles.close),
    ...computeStochastic(candles),
    obv: computeObv(candles),
    vwap: computeVwap(candles),
  };
}
