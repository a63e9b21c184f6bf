import { computeAdx } from '@fast-scanner/server/analysis/indicators/adx.ts';
import { computeAtr } from '@fast-scanner/server/analysis/indicators/atr.ts';
import { computeBollinger } from '@fast-scanner/server/analysis/indicators/bollinger.ts';
import type { Candle } from '@fast-scanner/server/analysis/indicators/candle.ts';
import { computeEma } from '@fast-scanner/server/analysis/indicators/ema.ts';
import type { StreamingIndicator } from '@fast-scanner/server/analysis/indicators/indicator.ts';
import { computeMacd } from '@fast-scanner/server/analysis/indicators/macd.ts';
import { computeObv } from '@fast-scanner/server/analysis/indicators/obv.ts';
import { computeRsi } from '@fast-scanner/server/analysis/indicators/rsi.ts';
import { computeSma } from '@fast-scanner/server/analysis/indicators/sma.ts';
import { computeStochastic } from '@fast-scanner/server/analysis/indicators/stochastic.ts';
import { Adx } from '@fast-scanner/server/analysis/indicators/streaming/adx.ts';
import { Atr } from '@fast-scanner/server/analysis/indicators/streaming/atr.ts';
import { Bollinger } from '@fast-scanner/server/analysis/indicators/streaming/bollinger.ts';
import { Ema } from '@fast-scanner/server/analysis/indicators/streaming/ema.ts';
import { Macd } from '@fast-scanner/server/analysis/indicators/streaming/macd.ts';
import { Obv } from '@fast-scanner/server/analysis/indicators/streaming/obv.ts';
import { Rsi } from '@fast-scanner/server/analysis/indicators/streaming/rsi.ts';
import { Sma } from '@fast-scanner/server/analysis/indicators/streaming/sma.ts';
import { Stochastic } from '@fast-scanner/server/analysis/indicators/streaming/stochastic.ts';
import { Vwap } from '@fast-scanner/server/analysis/indicators/streaming/vwap.ts';
import { computeVwap } from '@fast-scanner/server/analysis/indicators/vwap.ts';
import type { StreamingSubject, Values } from '../../../contracts/streaming-indicator.contract.ts';

const inValue = (value: number): Values => ({ value });
const inFields = (values: object): Values => ({ ...values });

/** Every indicator in its default form, and those that behave differently in another. */
export const INDICATOR_CASES: readonly StreamingSubject[] = [
  {
    name: 'Sma(20)',
    warmup: 20,
    compute: ({ close }) => ({ value: computeSma(close, 20) }),
    create: () => onClose(new Sma(20), inValue),
  },
  {
    name: 'Sma(1)',
    warmup: 1,
    compute: ({ close }) => ({ value: computeSma(close, 1) }),
    create: () => onClose(new Sma(1), inValue),
  },
  {
    name: 'Ema(20)',
    warmup: 20,
    compute: ({ close }) => ({ value: computeEma(close, 20) }),
    create: () => onClose(new Ema(20), inValue),
  },
  {
    name: 'Ema(20, first)',
    warmup: 1,
    compute: ({ close }) => ({ value: computeEma(close, 20, { seed: 'first' }) }),
    create: () => onClose(new Ema(20, { seed: 'first' }), inValue),
  },
  {
    name: 'Rsi(14)',
    warmup: 15,
    compute: ({ close }) => ({ value: computeRsi(close) }),
    create: () => onClose(new Rsi(), inValue),
  },
  {
    name: 'Macd(12, 26, 9)',
    warmup: 34,
    compute: ({ close }) => ({ ...computeMacd(close) }),
    create: () => onClose(new Macd(), inFields),
  },
  {
    name: 'Atr(14)',
    warmup: 15,
    compute: (candles) => ({ value: computeAtr(candles) }),
    create: () => onCandle(new Atr(), inValue),
  },
  {
    name: 'Adx(14)',
    warmup: 28,
    compute: (candles) => ({ ...computeAdx(candles) }),
    create: () => onCandle(new Adx(), inFields),
  },
  {
    name: 'Bollinger(20, 2)',
    warmup: 20,
    compute: ({ close }) => ({ ...computeBollinger(close) }),
    create: () => onClose(new Bollinger(), inFields),
  },
  {
    name: 'Stochastic(14, 3, 3)',
    warmup: 18,
    compute: (candles) => ({ ...computeStochastic(candles) }),
    create: () => onCandle(new Stochastic(), inFields),
  },
  {
    name: 'Stochastic(5, 1, 3), the fast one',
    warmup: 7,
    compute: (candles) => ({ ...computeStochastic(candles, { k: 5, smooth: 1, d: 3 }) }),
    create: () => onCandle(new Stochastic({ k: 5, smooth: 1, d: 3 }), inFields),
  },
  {
    name: 'Obv',
    warmup: 1,
    compute: (candles) => ({ value: computeObv(candles) }),
    create: () => onCandle(new Obv(), inValue),
  },
  {
    name: 'Vwap',
    warmup: 1,
    compute: (candles) => ({ value: computeVwap(candles) }),
    create: () => onCandle(new Vwap(), inValue),
  },
];

function onClose<Result>(
  indicator: StreamingIndicator<number, Result>,
  toValues: (result: Result) => Values,
): StreamingIndicator<Candle, Values> {
  return adapt(indicator, ({ close }) => close, toValues);
}

function onCandle<Result>(
  indicator: StreamingIndicator<Candle, Result>,
  toValues: (result: Result) => Values,
): StreamingIndicator<Candle, Values> {
  return adapt(indicator, (candle) => candle, toValues);
}

function adapt<Input, Result>(
  indicator: StreamingIndicator<Input, Result>,
  toInput: (candle: Candle) => Input,
  toValues: (result: Result) => Values,
): StreamingIndicator<Candle, Values> {
  const orNull = (result: Result | null) => (result === null ? null : toValues(result));
  return {
    warmup: indicator.warmup,
    get result() {
      return orNull(indicator.result);
    },
    add: (candle) => orNull(indicator.add(toInput(candle))),
    replace: (candle) => orNull(indicator.replace(toInput(candle))),
  };
}
