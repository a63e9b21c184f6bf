import {
  type CandleSeries,
  type ContinuousConfig,
  type ContinuousSignal,
  type DataSource,
  timeframeMs,
} from '@fast-scanner/shared';
import { LABEL_HORIZON, LABEL_VOLATILITY_CANDLES } from '../../analysis/continuous/label-signal.ts';
import { newestRealisedVolatility } from '../../analysis/continuous/realised-volatility.ts';
import { biasOfSignalType } from '../../analysis/continuous/signal-type.ts';
import { RULE_VERSIONS } from '../../analysis/rule-versions.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import { signalIdOf } from '../common/signal-id.ts';
import { describeCandles } from '../common/used-candles.ts';

export interface ToldSignal {
  readonly signal: ContinuousSignal;
  /** The candles it was computed from, its own the newest. */
  readonly candles: CandleSeries;
  readonly dataSource: DataSource;
  readonly config: ContinuousConfig;
}

/**
 * What is kept of a signal that takes a side: its trade has the barriers of its label, one usual move of ten candles from the close.
 * Nothing is kept of NEUTRAL.
 */
export function toContinuousSignalRecord(told: ToldSignal, recordedAt: number): SignalRecord | null {
  const { signal } = told;
  const { exchange, symbol, style, timeframe, price, signal_type: signalType } = signal;
  const bias = biasOfSignalType(signalType);
  if (bias === 'neutral') return null;
  const candleCloseTime = Date.parse(signal.candleCloseTime);
  const identity = {
    origin: 'continuous',
    mode: style,
    exchange,
    symbol,
    timeframe,
    candleCloseTime,
  } as const;
  const side = bias === 'bullish' ? 1 : -1;
  return {
    ...identity,
    id: signalIdOf(identity),
    jobId: null,
    recordedAt,
    signalType,
    direction: side === 1 ? 'long' : 'short',
    regime: null,
    score: side * signal.combined_score,
    price,
    ...barriersOf(told.candles, price, side),
    horizonCandles: LABEL_HORIZON,
    prediction: null,
    provenance: provenanceOf(told),
    dueAt: candleCloseTime + LABEL_HORIZON * timeframeMs(timeframe),
    outcome: null,
  };
}

function barriersOf(
  { close }: CandleSeries,
  price: number,
  side: 1 | -1,
): Pick<SignalRecord, 'stop' | 'target'> {
  const distance = newestRealisedVolatility(close, LABEL_VOLATILITY_CANDLES) * Math.sqrt(LABEL_HORIZON);
  if (!(distance > 0)) return { stop: null, target: null };
  return { stop: price * Math.exp(-side * distance), target: price * Math.exp(side * distance) };
}

function provenanceOf({ signal, candles, dataSource, config }: ToldSignal): SignalRecord['provenance'] {
  const { timeframes: _, ...parameters } = config;
  return {
    dataSource,
    candleCloseTime: signal.candleCloseTime,
    warmupOk: true, // a signal is only told of candles that suffice
    candles: [describeCandles(candles)],
    rules: { continuous: RULE_VERSIONS.continuous },
    parameters,
    modelId: null,
  };
}
