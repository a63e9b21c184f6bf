import { type DataSource, type Timeframe, toIsoTime } from '@fast-scanner/shared';

/** A trained model as threads share it. */
export interface SharedModel {
  readonly modelId: string;
  /** ISO 8601 UTC. */
  readonly trainedAt: string;
  /** Close of the newest candle it has learned from, epoch ms on the clock of the exchange. */
  readonly learnedTo: number;
  /** The `PredictionModel` as UTF-8 JSON in memory that is not copied on its way to a thread; each decodes it once. */
  readonly json: Uint8Array;
}

export type ModelAnswer =
  | { readonly model: SharedModel }
  /** `reason` says, to be read by people, why there is none, and what is done about it. */
  | { readonly model: null; readonly reason: string };

export interface ModelQuestion {
  readonly dataSource: DataSource;
  readonly timeframe: Timeframe;
  /** What is to be predicted; a model learns from symbols that are asked for, too. */
  readonly symbol: string;
}

/** Where deep analyses get their model from. */
export interface ModelSource {
  /** The model that stands ready, or why there is none. Never waits for a training; that somebody asks is why models are trained. */
  find(question: ModelQuestion): Promise<ModelAnswer>;
}

/**
 * The model for an analysis that looks at nothing later than a moment of the exchange's time. One that has learned from candles that closed
 * after it knows what came next: for that moment there is none. So it is when a model gets ready long after a scan, and when the clock
 * of recorded data is put back.
 */
export function modelAt(moment: number, answer: ModelAnswer): ModelAnswer {
  if (answer.model === null || answer.model.learnedTo <= moment) return answer;
  const { modelId, learnedTo } = answer.model;
  return {
    model: null,
    reason: `the model ${modelId} has learned from candles up to ${toIsoTime(learnedTo)}, which were not closed yet`,
  };
}

/** A source that has no model and trains none. */
export function createEmptyModelSource(reason: string): ModelSource {
  return { find: async () => ({ model: null, reason }) };
}
