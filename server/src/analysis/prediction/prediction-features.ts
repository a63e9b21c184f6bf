import { bodyShareAt } from '../body-share.ts';
import { EFFICIENCY_LOOKBACK, efficiencyRatioAt } from '../efficiency-ratio.ts';
import type { IndicatorColumn } from '../indicators/indicator.ts';
import { slidingMaximum, slidingMinimum } from '../indicators/sliding.ts';
import { computeSma } from '../indicators/sma.ts';
import { FLAT_LOG_RANGE } from '../log-candles.ts';
import { RSI_DIRECTION_CANDLES, SLOPE_CANDLES } from '../quick-readings.ts';
import { walkRegimes } from '../regime-walk.ts';
import { VOLUME_LOOKBACK, volumeRatioAt } from '../volume-ratio.ts';
import { type FeatureSource, logReturns, VOLATILITY_CANDLES } from './feature-source.ts';

/** One published feature of the prediction: data for the documentation, a function for the column. */
export interface PredictionFeature {
  readonly name: string;
  /** Formula and units, as the documentation prints them. */
  readonly help: string;
  /** What reciprocal prices make of it: an odd feature changes its sign, an even one stays. */
  readonly mirror: 'odd' | 'even';
  /** One value per candle, from this candle and those before it alone; NaN where there is no evidence. */
  readonly compute: (source: FeatureSource) => IndicatorColumn;
}

/** Candles the returns look back over. */
const RETURN_CANDLES = [1, 3, 6, 12, 24, 48, 96] as const;
const RANGE_CANDLES = 24;
const SLOW_CANDLES = 100;
const FAST_VOLUME_CANDLES = 5;
const DAY_MS = 86_400_000;

/**
 * Candles before the first row that is used. The slowest recursive column, EMA 50, then carries 0.03 % of where the data begins, so
 * that a live prediction over some hundred candles reads the same as training did over years.
 */
export const FEATURE_WARMUP_CANDLES = 200;

/** What the models read of a candle: scale-free, from closed candles, over log prices. "ATR" is ATR 14 of log prices. */
export const PREDICTION_FEATURES: readonly PredictionFeature[] = [
  ...RETURN_CANDLES.map(
    (candles): PredictionFeature => ({
      name: `return_${candles}`,
      help: `log return over ${candles} candles / (σ · √${candles}), σ of one-candle returns over ${VOLATILITY_CANDLES} candles`,
      mirror: 'odd',
      compute: ({ indicators, volatility }) =>
        quotient(logReturns(indicators.candles.close, candles), volatility, Math.sqrt(candles)),
    }),
  ),
  {
    name: 'rsi',
    help: '(RSI 14 − 50) / 50',
    mirror: 'odd',
    compute: ({ indicators }) => indicators.rsi.map((rsi) => (rsi - 50) / 50),
  },
  {
    name: 'rsi_change',
    help: `change of RSI 14 over ${RSI_DIRECTION_CANDLES} candles / 50`,
    mirror: 'odd',
    compute: ({ indicators }) =>
      logReturns(indicators.rsi, RSI_DIRECTION_CANDLES).map((change) => change / 50),
  },
  {
    name: 'macd_histogram',
    help: 'MACD 12/26/9 histogram / ATR',
    mirror: 'odd',
    compute: ({ indicators, atr }) => quotient(indicators.macdHistogram, atr),
  },
  {
    name: 'adx',
    help: 'ADX 14 / 100',
    mirror: 'even',
    compute: ({ indicators }) => indicators.adx.map((adx) => adx / 100),
  },
  {
    name: 'di_balance',
    help: '(+DI − −DI) / (+DI + −DI), 0 without directional movement',
    mirror: 'odd',
    compute: ({ indicators }) => balance(indicators.plusDi, indicators.minusDi),
  },
  {
    name: 'band_position',
    help: '2 · (%B − 0.5) of Bollinger 20/2: −1 lower band, 1 upper band',
    mirror: 'odd',
    compute: ({ indicators, atr }) =>
      indicators.percentB.map((share, i) => onlyIn(atr, i, 2 * (share - 0.5))),
  },
  {
    name: 'band_width',
    help: 'width of the Bollinger band 20/2 / ATR',
    mirror: 'even',
    compute: ({ indicators, atr }) => quotient(subtract(indicators.bandUpper, indicators.bandLower), atr),
  },
  {
    name: 'volume_ratio',
    help: `(volume − mean) / (volume + mean), mean of the ${VOLUME_LOOKBACK} candles before: −1 nothing traded, 1 far above`,
    mirror: 'even',
    compute: ({ indicators: { candles } }) =>
      candles.volume.map((_, i) => {
        const ratio = volumeRatioAt(candles.volume, i) ?? Number.NaN;
        return (ratio - 1) / (ratio + 1);
      }),
  },
  {
    name: 'volume_trend',
    help: `(fast − slow) / (fast + slow) of the mean volumes of ${FAST_VOLUME_CANDLES} and ${VOLUME_LOOKBACK} candles`,
    mirror: 'even',
    compute: ({ indicators: { candles } }) => {
      const slow = computeSma(candles.volume, VOLUME_LOOKBACK);
      return balance(computeSma(candles.volume, FAST_VOLUME_CANDLES), slow);
    },
  },
  {
    name: 'volume_pressure',
    help: `Σ volume · (close − open) / (high − low) / Σ volume over ${VOLUME_LOOKBACK} candles: −1 all sold, 1 all bought`,
    mirror: 'odd',
    compute: ({ indicators: { candles } }) => {
      const signed = candles.volume.map((volume, i) => volume * (bodyShareAt(candles, i) ?? 0));
      return quotient(
        computeSma(signed, VOLUME_LOOKBACK),
        positive(computeSma(candles.volume, VOLUME_LOOKBACK)),
      );
    },
  },
  {
    name: 'close_to_ema20',
    help: '(close − EMA 20) / ATR',
    mirror: 'odd',
    compute: ({ indicators, atr }) => quotient(subtract(indicators.candles.close, indicators.ema20), atr),
  },
  {
    name: 'ema20_to_ema50',
    help: '(EMA 20 − EMA 50) / ATR',
    mirror: 'odd',
    compute: ({ indicators, atr }) => quotient(subtract(indicators.ema20, indicators.ema50), atr),
  },
  {
    name: 'ema20_slope',
    help: `change of EMA 20 per candle over ${SLOPE_CANDLES} candles / ATR`,
    mirror: 'odd',
    compute: ({ indicators, atr }) =>
      quotient(logReturns(indicators.ema20, SLOPE_CANDLES), atr, SLOPE_CANDLES),
  },
  {
    name: `close_to_sma${SLOW_CANDLES}`,
    help: `(close − SMA ${SLOW_CANDLES}) / ATR`,
    mirror: 'odd',
    compute: ({ indicators: { candles }, atr }) =>
      quotient(subtract(candles.close, computeSma(candles.close, SLOW_CANDLES)), atr),
  },
  {
    name: 'volatility_ratio',
    help: `ln(ATR / σ of one-candle returns over ${VOLATILITY_CANDLES} candles): calm below, wild above its usual value`,
    mirror: 'even',
    compute: ({ atr, volatility }) => quotient(atr, volatility).map(Math.log),
  },
  {
    name: 'efficiency_ratio',
    help: `net move / sum of the single moves of ${EFFICIENCY_LOOKBACK} candles, 0–1`,
    mirror: 'even',
    compute: ({ indicators: { candles } }) =>
      candles.close.map((_, i) => efficiencyRatioAt(candles.close, i) ?? Number.NaN),
  },
  {
    name: 'body_share',
    help: '(close − open) / (high − low), 0 for a candle without range',
    mirror: 'odd',
    compute: ({ indicators: { candles } }) => candles.close.map((_, i) => bodyShareAt(candles, i) ?? 0),
  },
  {
    name: 'range_position',
    help: `place of the close in the range of ${RANGE_CANDLES} candles: −1 lowest low, 1 highest high`,
    mirror: 'odd',
    compute: ({ indicators: { candles } }) => {
      const highest = slidingMaximum(candles.high, RANGE_CANDLES);
      const lowest = slidingMinimum(candles.low, RANGE_CANDLES);
      return candles.close.map((close, i) => placeBetween(close, lowest[i] ?? 0, highest[i] ?? 0));
    },
  },
  {
    name: 'regime',
    help: 'the direction of the market regime: bull 1, ranging 0, bear −1',
    mirror: 'odd',
    compute: ({ indicators }) => Float64Array.from(walkRegimes(indicators), toDirection),
  },
  {
    name: 'day_sine',
    help: 'sine of the time of day (UTC) at which the candle opened; constant from 1d on',
    mirror: 'even',
    compute: ({ indicators }) => indicators.candles.openTime.map((time) => Math.sin(dayAngle(time))),
  },
  {
    name: 'day_cosine',
    help: 'cosine of the same',
    mirror: 'even',
    compute: ({ indicators }) => indicators.candles.openTime.map((time) => Math.cos(dayAngle(time))),
  },
];

function quotient(values: Float64Array, units: Float64Array, factor = 1): Float64Array {
  return values.map((value, i) => value / ((units[i] ?? Number.NaN) * factor));
}

function subtract(values: Float64Array, others: Float64Array): Float64Array {
  return values.map((value, i) => value - (others[i] ?? Number.NaN));
}

/** `(a − b) / (a + b)` of two columns without negative values, 0 where both are 0. */
function balance(values: Float64Array, others: Float64Array): Float64Array {
  return values.map((value, i) => {
    const other = others[i] ?? Number.NaN;
    return value + other === 0 ? 0 : (value - other) / (value + other);
  });
}

function positive(values: Float64Array): Float64Array {
  return values.map((value) => (value > 0 ? value : Number.NaN));
}

function onlyIn(units: Float64Array, index: number, value: number): number {
  return Number.isNaN(units[index] ?? Number.NaN) ? Number.NaN : value;
}

function placeBetween(value: number, low: number, high: number): number {
  return high - low > FLAT_LOG_RANGE ? (2 * (value - low)) / (high - low) - 1 : Number.NaN;
}

function toDirection(regime: 'bull' | 'bear' | 'ranging' | null): number {
  if (regime === null) return Number.NaN;
  return regime === 'ranging' ? 0 : regime === 'bull' ? 1 : -1;
}

function dayAngle(openTime: number): number {
  return (2 * Math.PI * (openTime % DAY_MS)) / DAY_MS;
}
