import {
  type CandleSeries,
  type ContinuousConfig,
  type ContinuousSignal,
  type DataSource,
  timeframeMs,
} from '@fast-scanner/shared';
import { LABEL_HORIZON } from '../../analysis/continuous/label-signal.ts';
import { RULE_VERSIONS } from '../../analysis/rule-versions.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import { signalIdOf } from '../common/signal-id.ts';
import { stateContinuousSignal } from '../common/signal-statement.ts';
import { describeCandles } from '../common/used-candles.ts';

export interface ToldSignal {
  readonly signal: ContinuousSignal;
  /** The candles it was computed from, its own the newest. */
  readonly candles: CandleSeries;
  readonly dataSource: DataSource;
  readonly config: ContinuousConfig;
}

/** What is kept of a signal that takes a side; nothing (`null`) of NEUTRAL. */
export function toContinuousSignalRecord(told: ToldSignal, recordedAt: number): SignalRecord | null {
  const { signal } = told;
  const { exchange, symbol, style, timeframe } = signal;
  const candleCloseTime = Date.parse(signal.candleCloseTime);
  const identity = {
    origin: 'continuous',
    mode: style,
    exchange,
    symbol,
    timeframe,
    candleCloseTime,
  } as const;
  const statement = stateContinuousSignal(signal, told.candles);
  if (!statement) return null;
  return {
    ...identity,
    id: signalIdOf(identity),
    jobId: null,
    recordedAt,
    ...statement,
    horizonCandles: LABEL_HORIZON,
    prediction: null,
    provenance: provenanceOf(told),
    dueAt: candleCloseTime + LABEL_HORIZON * timeframeMs(timeframe),
    outcome: null,
  };
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
