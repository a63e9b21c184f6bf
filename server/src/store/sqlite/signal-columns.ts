import type { SignalOutcome } from '@fast-scanner/shared';
import type { DueSignal, ScoredSignal, SignalRecord } from '../signal-record.ts';
import type { SqlValue, SqlValues } from './connection.ts';
import { toStrictJson } from './strict-json.ts';

/** Columns of `signals`, which a scorecard reads. */
export const SIGNAL_COLUMNS = {
  id: 'id',
  origin: 'origin',
  exchange: 'exchange',
  symbol: 'symbol',
  timeframe: 'timeframe',
  candleCloseTime: 'candle_close_time',
  signalType: 'signal_type',
  direction: 'direction',
  mode: 'mode',
  regime: 'regime',
  score: 'score',
  horizonCandles: 'horizon_candles',
  dataKind: 'data_kind',
  probabilityUp: 'probability_up',
  outcome: 'outcome',
  forwardReturnPct: 'forward_return_pct',
  netReturnPct: 'net_return_pct',
  predictionLabel: 'prediction_label',
} as const satisfies Record<keyof ScoredSignal, string>;

/** Columns of `signal_details`. */
export const DETAIL_COLUMNS = {
  jobId: 'job_id',
  recordedAt: 'recorded_at',
  price: 'price',
  stop: 'stop',
  target: 'target',
  predictionHorizon: 'prediction_horizon',
  predictionUp: 'prediction_up',
  predictionDown: 'prediction_down',
  modelId: 'model_id',
  provenance: 'provenance_json',
  outcomeRest: 'outcome_json',
} as const;

/** Values for {@link SIGNAL_COLUMNS} and `dueAt`. Written out, because it is done a million times. */
export function toSignalValues(signal: SignalRecord): SqlValues {
  const { prediction, provenance, outcome } = signal;
  return {
    id: signal.id,
    origin: signal.origin,
    exchange: signal.exchange,
    symbol: signal.symbol,
    timeframe: signal.timeframe,
    candleCloseTime: signal.candleCloseTime,
    signalType: signal.signalType,
    direction: signal.direction,
    mode: signal.mode,
    regime: signal.regime,
    score: signal.score,
    horizonCandles: signal.horizonCandles,
    dueAt: signal.dueAt,
    dataKind: provenance.dataSource.kind,
    probabilityUp: prediction ? prediction.probabilityUp : null,
    outcome: outcome ? outcome.outcome : null,
    forwardReturnPct: outcome ? outcome.forwardReturnPct : null,
    netReturnPct: outcome ? outcome.netReturnPct : null,
    predictionLabel: outcome ? outcome.predictionLabel : null,
  };
}

/** Values of the columns of `signals` that say the outcome. */
export function toOutcomeValues(outcome: SignalOutcome): SqlValues {
  const { outcome: kind, forwardReturnPct, netReturnPct, predictionLabel } = outcome;
  return { outcome: kind, forwardReturnPct, netReturnPct, predictionLabel };
}

/** Values for {@link DETAIL_COLUMNS}. */
export function toDetailValues(signal: SignalRecord): SqlValues {
  const { prediction, provenance } = signal;
  const { modelId, ...rest } = provenance;
  return {
    jobId: signal.jobId,
    recordedAt: signal.recordedAt,
    price: signal.price,
    stop: signal.stop,
    target: signal.target,
    predictionHorizon: prediction ? prediction.horizonCandles : null,
    predictionUp: prediction ? prediction.up : null,
    predictionDown: prediction ? prediction.down : null,
    modelId,
    provenance: toStrictJson(rest),
    outcomeRest: toOutcomeRest(signal.outcome),
  };
}

/** JSON of what {@link toOutcomeValues} leaves out. */
export function toOutcomeRest(outcome: SignalOutcome | null): string {
  if (!outcome) return 'null';
  const { outcome: kind, forwardReturnPct, netReturnPct, predictionLabel, ...rest } = outcome;
  return toStrictJson(rest);
}

/** The signal of a row that has all columns and `dueAt`. */
export function toSignal(row: SqlValues): SignalRecord {
  const { dataKind, probabilityUp, outcome, forwardReturnPct, netReturnPct, predictionLabel, ...more } = row;
  const { modelId, provenance, outcomeRest, ...plain } = more;
  return {
    ...toDueSignal({ ...plain, probabilityUp: probabilityUp ?? null }),
    provenance: { ...parse(provenance), modelId },
    outcome:
      outcome === null
        ? null
        : { outcome, forwardReturnPct, netReturnPct, predictionLabel, ...parse(outcomeRest) },
  } as unknown as SignalRecord; // the row was selected field by field
}

/** The signal of a row that has at least what decides its outcome. */
export function toDueSignal(row: SqlValues): DueSignal {
  const { probabilityUp, predictionHorizon, predictionUp, predictionDown, ...plain } = row;
  const prediction = {
    probabilityUp,
    horizonCandles: predictionHorizon,
    up: predictionUp,
    down: predictionDown,
  };
  // The row was selected field by field.
  return { ...plain, prediction: probabilityUp === null ? null : prediction } as unknown as DueSignal;
}

function parse(json: SqlValue | undefined): object {
  return JSON.parse(String(json));
}
