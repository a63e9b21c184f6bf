import type { IndicatorSnapshot } from '@fast-scanner/shared';
import { formatNumber as format, formatSigned as signed } from './format-number.ts';
import { type QuickReadings, RSI_DIRECTION_CANDLES, SLOPE_CANDLES } from './quick-readings.ts';
import { clamp, ramp } from './ramp.ts';

/** One published factor of the quick signal: data for the documentation, functions for the score. */
export interface QuickFactor {
  readonly name: string;
  readonly group: 'trend' | 'momentum' | 'position' | 'volume';
  /** Share of the score; the weights of the table sum to 1. */
  readonly weight: number;
  /** Formula and thresholds, as the documentation prints them. */
  readonly help: string;
  /** What must be known for the factor to speak. */
  readonly needs: string;
  /** −1 (bearish) to 1 (bullish), rising with the strength of the evidence; `null` without evidence. */
  readonly evaluate: (readings: QuickReadings) => number | null;
  /** The evidence in words and numbers. Only asked when there is a value. */
  readonly explain: (readings: QuickReadings, shown: IndicatorSnapshot) => string;
}

/**
 * Readings at which a factor is at its full ±1: rounded 90 % quantiles of 30 USDT spot markets (15 m candles of June 2025;
 * 1 h candles of 2024 agree within a tenth), so that every factor uses its range and one candle in ten goes beyond it.
 */
const FULL_SCALE = {
  closeToEma20Atrs: 2,
  ema20ToEma50Atrs: 2,
  slopeAtrsPerCandle: 0.2,
  diBalance: 0.5,
  rsiPoints: 20,
  rsiChangePoints: 12,
  histogramAtrs: 0.35,
} as const;

/** Wilder's reading of ADX: below 20 no trend, above 25 a trend. The weight of DI fades in around these two. */
const ADX_FADE = { from: 15, to: 30 } as const;

/**
 * The quick signal's factors. Trend 0.45, momentum 0.35, position 0.10, volume 0.10: trend leads because time-series
 * momentum is the best documented regularity of the set; volume only confirms. The weights are a published choice, not
 * fitted to any data.
 * @see Moskowitz, Ooi, Pedersen: Time Series Momentum, Journal of Financial Economics 104 (2012)
 * @see Wilder: New Concepts in Technical Trading Systems (1978), for RSI, ATR, ADX and DI
 * @see Bollinger: Bollinger on Bollinger Bands (2001), "walking the band": a tag of the upper band is strength
 */
export const QUICK_FACTORS: readonly QuickFactor[] = [
  {
    name: 'ema_stack',
    group: 'trend',
    weight: 0.2,
    help: `mean of clamp((close − EMA 20) / ${FULL_SCALE.closeToEma20Atrs} ATR) and clamp((EMA 20 − EMA 50) / ${FULL_SCALE.ema20ToEma50Atrs} ATR)`,
    needs: 'EMA 20, EMA 50 and a market that moves',
    evaluate: ({ closeToEma20, ema20ToEma50 }) =>
      closeToEma20 === null || ema20ToEma50 === null
        ? null
        : (unit(closeToEma20, FULL_SCALE.closeToEma20Atrs) +
            unit(ema20ToEma50, FULL_SCALE.ema20ToEma50Atrs)) /
          2,
    explain: ({ closeToEma20, ema20ToEma50 }) =>
      `close ${signed(closeToEma20)} ATR from EMA 20, EMA 20 ${signed(ema20ToEma50)} ATR from EMA 50`,
  },
  {
    name: 'ema_slope',
    group: 'trend',
    weight: 0.1,
    help: `clamp(change of EMA 20 per candle over ${SLOPE_CANDLES} candles / ${FULL_SCALE.slopeAtrsPerCandle} ATR)`,
    needs: 'EMA 20 and a market that moves',
    evaluate: ({ ema20Slope }) => unit(ema20Slope, FULL_SCALE.slopeAtrsPerCandle),
    explain: ({ ema20Slope }) => `EMA 20 moves ${signed(ema20Slope)} ATR per candle`,
  },
  {
    name: 'adx_di',
    group: 'trend',
    weight: 0.15,
    help: `clamp((+DI − −DI) / (+DI + −DI) / ${FULL_SCALE.diBalance}), times ADX faded in from ${ADX_FADE.from} (0) to ${ADX_FADE.to} (1)`,
    needs: 'ADX and directional movement',
    evaluate: ({ adx, diBalance }) =>
      adx === null || diBalance === null
        ? null
        : clamp(diBalance / FULL_SCALE.diBalance, -1, 1) * ramp(adx, ADX_FADE.from, ADX_FADE.to),
    explain: (_, { adx }) => `ADX ${format(adx.adx)}, +DI ${format(adx.plusDi)}, −DI ${format(adx.minusDi)}`,
  },
  {
    name: 'rsi_zone',
    group: 'momentum',
    weight: 0.15,
    help: `clamp((RSI 14 − 50) / ${FULL_SCALE.rsiPoints}); read as momentum, not as a reversal`,
    needs: 'RSI',
    evaluate: ({ rsi }) => (rsi === null ? null : unit(rsi - 50, FULL_SCALE.rsiPoints)),
    explain: ({ rsiChange }, { rsi }) => `RSI ${format(rsi)} ${directionOf(rsiChange)}`,
  },
  {
    name: 'rsi_direction',
    group: 'momentum',
    weight: 0.05,
    help: `clamp(change of RSI 14 over ${RSI_DIRECTION_CANDLES} candles / ${FULL_SCALE.rsiChangePoints})`,
    needs: `RSI ${RSI_DIRECTION_CANDLES} candles ago`,
    evaluate: ({ rsiChange }) => unit(rsiChange, FULL_SCALE.rsiChangePoints),
    explain: ({ rsiChange }) => `RSI ${signed(rsiChange)} points in ${RSI_DIRECTION_CANDLES} candles`,
  },
  {
    name: 'macd_histogram',
    group: 'momentum',
    weight: 0.15,
    help: `clamp(MACD 12/26/9 histogram / ${FULL_SCALE.histogramAtrs} ATR)`,
    needs: 'MACD and a market that moves',
    evaluate: ({ macdHistogram }) => unit(macdHistogram, FULL_SCALE.histogramAtrs),
    explain: ({ macdHistogram }) => `MACD histogram ${signed(macdHistogram)} ATR`,
  },
  {
    name: 'bollinger_position',
    group: 'position',
    weight: 0.1,
    help: 'clamp(2 · (%B − 0.5)) of Bollinger 20/2: full at the bands; read as strength, not as a reversal',
    needs: 'a Bollinger band with some width',
    evaluate: ({ percentB }) => (percentB === null ? null : unit(percentB - 0.5, 0.5)),
    explain: (_, { bollinger }) => `%B ${format(bollinger.percentB, 2)}`,
  },
  {
    name: 'volume',
    group: 'volume',
    weight: 0.1,
    help: '(close − open) / (high − low), times the volume above its mean of 20 candles: clamp(ratio − 1, 0, 1)',
    needs: 'traded volume and a candle with some range',
    evaluate: ({ volumeRatio, bodyShare }) =>
      volumeRatio === null || bodyShare === null ? null : bodyShare * ramp(volumeRatio, 1, 2),
    explain: ({ volumeRatio, bodyShare }) =>
      `volume ${format(volumeRatio, 2)}× its mean on a candle with body ${signed(bodyShare)} of its range`,
  },
];

/** A reading as a share of its full scale, −1 to 1. */
function unit<Reading extends number | null>(reading: Reading, fullScale: number): Reading | number {
  return reading === null ? reading : clamp(reading / fullScale, -1, 1);
}

function directionOf(change: number | null): string {
  if (change === null || Math.abs(change) < 0.05) return 'flat';
  return change > 0 ? 'rising' : 'falling';
}
