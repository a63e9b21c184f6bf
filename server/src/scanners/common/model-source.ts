import type { DataSource, Timeframe } from '@fast-scanner/shared';

/** A trained model as threads share it. */
export interface SharedModel {
  readonly modelId: string;
  /** ISO 8601 UTC. */
  readonly trainedAt: string;
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

/** A source that has no model and trains none. */
export function createEmptyModelSource(reason: string): ModelSource {
  return { find: async () => ({ model: null, reason }) };
}
