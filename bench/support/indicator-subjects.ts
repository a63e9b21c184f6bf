import { computeAdx } from '@fast-scanner/server/analysis/indicators/adx.ts';
import { computeAtr } from '@fast-scanner/server/analysis/indicators/atr.ts';
import { computeBollinger } from '@fast-scanner/server/analysis/indicators/bollinger.ts';
import { computeEma } from '@fast-scanner/server/analysis/indicators/ema.ts';
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
import { IndicatorsSync } from '@ixjb94/indicators';
import * as indicatorts from 'indicatorts';
import * as technical from 'technicalindicators';
import * as signals from 'trading-signals';
import * as bare from './bare-indicators.ts';
import type { BenchCandles } from './bench-candles.ts';

type Run = (candles: BenchCandles) => unknown;

/** The ways to compute one indicator; `null` where a package has none, or one of another definition. */
export interface IndicatorSubject {
  readonly name: string;
  readonly ours: Run;
  readonly bare: Run;
  readonly technicalindicators: Run | null;
  readonly ixjb94: Run | null;
  readonly indicatorts: Run | null;
  /** Candle by candle; trading-signals knows no other form. */
  readonly streaming: Run;
  readonly tradingSignals: Run;
}

interface Addable<Input> {
  add(input: Input): unknown;
}

const ixjb94 = new IndicatorsSync();

function addAll<Input>(indicator: Addable<Input>, inputs: readonly Input[]): unknown {
  let result: unknown = null;
  for (const input of inputs) result = indicator.add(input);
  return result;
}

export const INDICATOR_SUBJECTS: readonly IndicatorSubject[] = [
  {
    name: 'SMA 20',
    ours: ({ columns }) => computeSma(columns.close, 20),
    bare: ({ columns }) => bare.bareSma(columns.close, 20),
    technicalindicators: ({ close }) => technical.SMA.calculate({ values: close, period: 20 }),
    ixjb94: ({ close }) => ixjb94.sma(close, 20),
    indicatorts: ({ close }) => indicatorts.sma(close, { period: 20 }),
    streaming: ({ close }) => addAll(new Sma(20), close),
    tradingSignals: ({ close }) => addAll(new signals.SMA(20), close),
  },
  {
    name: 'EMA 20',
    ours: ({ columns }) => computeEma(columns.close, 20),
    bare: ({ columns }) => bare.bareEma(columns.close, 20),
    technicalindicators: ({ close }) => technical.EMA.calculate({ values: close, period: 20 }),
    ixjb94: ({ close }) => ixjb94.ema(close, 20),
    indicatorts: ({ close }) => indicatorts.ema(close, { period: 20 }),
    streaming: ({ close }) => addAll(new Ema(20), close),
    tradingSignals: ({ close }) => addAll(new signals.EMA(20), close),
  },
  {
    name: 'RSI 14',
    ours: ({ columns }) => computeRsi(columns.close),
    bare: ({ columns }) => bare.bareRsi(columns.close, 14),
    technicalindicators: ({ close }) => technical.RSI.calculate({ values: close, period: 14 }),
    ixjb94: ({ close }) => ixjb94.rsi(close, 14),
    indicatorts: ({ close }) => indicatorts.rsi(close, { period: 14 }),
    streaming: ({ close }) => addAll(new Rsi(), close),
    tradingSignals: ({ close }) => addAll(new signals.RSI(14), close),
  },
  {
    name: 'MACD 12/26/9',
    ours: ({ columns }) => computeMacd(columns.close),
    bare: ({ columns }) => bare.bareMacd(columns.close, [12, 26, 9]),
    technicalindicators: ({ close }) =>
      technical.MACD.calculate({
        values: close,
        fastPeriod: 12,
        slowPeriod: 26,
        signalPeriod: 9,
        SimpleMAOscillator: false,
        SimpleMASignal: false,
      }),
    ixjb94: ({ close }) => ixjb94.macd(close, 12, 26, 9),
    indicatorts: ({ close }) => indicatorts.macd(close, { fast: 12, slow: 26, signal: 9 }),
    streaming: ({ close }) => addAll(new Macd(), close),
    tradingSignals: ({ close }) =>
      addAll(new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9)), close),
  },
  {
    name: 'ATR 14',
    ours: ({ columns }) => computeAtr(columns),
    bare: ({ columns }) => bare.bareAtr(columns, 14),
    technicalindicators: ({ high, low, close }) => technical.ATR.calculate({ high, low, close, period: 14 }),
    ixjb94: ({ high, low, close }) => ixjb94.atr(high, low, close, 14),
    indicatorts: ({ high, low, close }) => indicatorts.atr(high, low, close, { period: 14 }),
    streaming: ({ rows }) => addAll(new Atr(), rows),
    tradingSignals: ({ rows }) => addAll(new signals.ATR(14), rows),
  },
  {
    name: 'ADX 14 + DI',
    ours: ({ columns }) => computeAdx(columns),
    bare: ({ columns }) => bare.bareAdx(columns, 14),
    technicalindicators: ({ high, low, close }) => technical.ADX.calculate({ high, low, close, period: 14 }),
    ixjb94: ({ high, low }) => ixjb94.adx(high, low, 14),
    indicatorts: null,
    streaming: ({ rows }) => addAll(new Adx(), rows),
    tradingSignals: ({ rows }) => addAll(new signals.ADX(14), rows),
  },
  {
    name: 'Bollinger 20/2',
    ours: ({ columns }) => computeBollinger(columns.close),
    bare: ({ columns }) => bare.bareBollinger(columns.close, 20, 2),
    technicalindicators: ({ close }) =>
      technical.BollingerBands.calculate({ values: close, period: 20, stdDev: 2 }),
    ixjb94: ({ close }) => ixjb94.bbands(close, 20, 2),
    indicatorts: ({ close }) => indicatorts.bb(close, { period: 20 }),
    streaming: ({ close }) => addAll(new Bollinger(), close),
    tradingSignals: ({ close }) => addAll(new signals.BollingerBands(20, 2), close),
  },
  {
    name: 'Stochastic 14/3/3',
    ours: ({ columns }) => computeStochastic(columns),
    bare: ({ columns }) => bare.bareStochastic(columns, [14, 3, 3]),
    technicalindicators: ({ high, low, close }) =>
      technical.Stochastic.calculate({ high, low, close, period: 14, signalPeriod: 3 }),
    ixjb94: ({ high, low, close }) => ixjb94.stoch(high, low, close, 14, 3, 3),
    indicatorts: ({ high, low, close }) => indicatorts.stoch(high, low, close, { kPeriod: 14, dPeriod: 3 }),
    streaming: ({ rows }) => addAll(new Stochastic(), rows),
    tradingSignals: ({ rows }) =>
      addAll(new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }), rows),
  },
  {
    name: 'OBV',
    ours: ({ columns }) => computeObv(columns),
    bare: ({ columns }) => bare.bareObv(columns),
    technicalindicators: ({ close, volume }) => technical.OBV.calculate({ close, volume }),
    ixjb94: ({ close, volume }) => ixjb94.obv(close, volume),
    indicatorts: ({ close, volume }) => indicatorts.obv(close, volume),
    streaming: ({ rows }) => addAll(new Obv(), rows),
    tradingSignals: ({ rows }) => addAll(new signals.OBV(2), rows),
  },
  {
    name: 'VWAP (day)',
    ours: ({ columns }) => computeVwap(columns),
    bare: ({ columns }) => bare.bareVwap(columns),
    technicalindicators: ({ high, low, close, volume }) =>
      technical.VWAP.calculate({ high, low, close, volume }),
    ixjb94: null,
    indicatorts: null,
    streaming: ({ rows }) => addAll(new Vwap(), rows),
    tradingSignals: ({ rows }) => addAll(new signals.VWAP(), rows),
  },
];
