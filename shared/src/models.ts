import { z } from 'zod';
import {
  dataSourceSchema,
  exchangeIdSchema,
  isoTimeSchema,
  modelIdSchema,
  symbolSchema,
  timeframeSchema,
} from './primitives.ts';

/** Kinds of models that are trained and compared; the first one wins a draw. */
export const MODEL_FAMILIES = ['logistic', 'trees'] as const;
export type ModelFamily = (typeof MODEL_FAMILIES)[number];
const modelFamilySchema = z.enum(MODEL_FAMILIES);

/**
 * `waiting`: will be trained, `reason` says what for it waits · `training`: at this moment, a `model` there still predicts · `ready`: `model`
 * predicts · `failed`: there is no model, `reason` says why.
 */
export const MODEL_STATUSES = ['waiting', 'training', 'ready', 'failed'] as const;
export type ModelStatus = (typeof MODEL_STATUSES)[number];

const metricsShape = {
  /** Samples that were judged, none of which the judged model had seen. */
  samples: z.int(),
  /** Mean squared error of the probabilities: smaller is better. */
  brier: z.number(),
  /** The same of always saying the base rate. */
  baselineBrier: z.number(),
  /** `1 − brier / baselineBrier`. */
  brierSkill: z.number(),
  /** Chance that a sample that went up had the higher probability of two: 0.5 is guessing. */
  auc: z.number(),
};

export const skillIntervalSchema = z.object({
  low: z.number(),
  high: z.number(),
  /** Stretches of time that were compared. */
  blocks: z.int(),
});

export const modelFamilyReportSchema = z.object({
  family: modelFamilySchema,
  ...metricsShape,
  /** 99 % confidence of the skill; `null` when the judged time is too short for one. */
  skillInterval: skillIntervalSchema.nullable(),
});
export type ModelFamilyReport = z.infer<typeof modelFamilyReportSchema>;

/** One step of the walk-forward. */
export const modelFoldSchema = z.object({
  /** Open times of the first and the last judged candle. */
  from: isoTimeSchema,
  to: isoTimeSchema,
  trainSamples: z.int(),
  ...metricsShape,
});
export type ModelFold = z.infer<typeof modelFoldSchema>;

/** Of all times such a probability was given, how often did it come true? */
export const reliabilityBinSchema = z.object({
  /** Probabilities from here … */
  from: z.number(),
  /** … to below here. */
  to: z.number(),
  samples: z.int(),
  /** `null` in an empty bin. */
  meanProbability: z.number().nullable(),
  /** Share that went up; `null` in an empty bin. */
  observedRate: z.number().nullable(),
});
export type ReliabilityBin = z.infer<typeof reliabilityBinSchema>;

export const featureWeightSchema = z.object({
  feature: z.string(),
  /** See `weightMeaning` of the model. */
  weight: z.number(),
  /** Formula and units of the feature. */
  help: z.string(),
});
export type FeatureWeight = z.infer<typeof featureWeightSchema>;

/** What was learned, from what, and how far it can be believed. Everything judged is out of sample, walk-forward. */
export const trainedModelSchema = z.object({
  modelId: modelIdSchema,
  trainedAt: isoTimeSchema,
  /** How long the learning took. */
  trainingMs: z.number(),
  /** The same candles and seed give the same model. */
  seed: z.int(),
  /** Close of the newest candle it has seen. */
  candleCloseTime: isoTimeSchema,
  /** Whose candles it has learned from. */
  symbols: z.array(symbolSchema),
  candles: z.int(),
  /** Labelled samples it has learned from. */
  samples: z.int(),
  /** Open times of the first and the last candle with a sample. */
  from: isoTimeSchema,
  to: isoTimeSchema,
  /** Share of the samples that went up. */
  baseRate: z.number(),
  horizonCandles: z.int(),
  /** Distance of both barriers from the close, in ATRs. */
  barrierAtrs: z.number(),
  family: modelFamilySchema,
  /** The family's name for people. */
  title: z.string(),
  /** Why this family, with the Brier scores of all. */
  choice: z.string(),
  /** Out of sample, of the chosen family. */
  brier: z.number(),
  baselineBrier: z.number(),
  brierSkill: z.number(),
  skillInterval: skillIntervalSchema.nullable(),
  auc: z.number(),
  /** Whether the skill is above 0 with confidence. */
  edge: z.boolean(),
  /** The edge, or the lack of one, in words. */
  verdict: z.string(),
  families: z.array(modelFamilyReportSchema),
  folds: z.array(modelFoldSchema),
  /** Calibration, out of sample. */
  reliability: z.array(reliabilityBinSchema),
  /** What a weight is, in words. */
  weightMeaning: z.string(),
  /** Largest first. */
  weights: z.array(featureWeightSchema),
});
export type TrainedModel = z.infer<typeof trainedModelSchema>;

/** The model of one exchange and timeframe: as it is, and what is done about it. */
export const modelEntrySchema = z.object({
  exchange: exchangeIdSchema,
  dataSource: dataSourceSchema,
  timeframe: timeframeSchema,
  status: z.enum(MODEL_STATUSES),
  /** What it waits for, why there is no model, or why the last training failed while an older model predicts; `null` otherwise. */
  reason: z.string().nullable(),
  /** Symbols read of those to read; `learning` comes after the last. `null` when nothing is trained. */
  progress: z.object({ stage: z.enum(['reading', 'learning']), done: z.int(), total: z.int() }).nullable(),
  model: trainedModelSchema.nullable(),
  /** When the last training began, of this process; `null` when there was none. */
  attemptedAt: isoTimeSchema.nullable(),
  /** The next training does not begin before; `null` when it may begin now. On the clock of the exchange. */
  nextTrainingAt: isoTimeSchema.nullable(),
});
export type ModelEntry = z.infer<typeof modelEntrySchema>;

export const modelsQuerySchema = z.strictObject({
  exchange: exchangeIdSchema.optional(),
  timeframe: timeframeSchema.optional(),
});
export type ModelsQuery = z.infer<typeof modelsQuerySchema>;

export const modelsResponseSchema = z.object({
  success: z.literal(true),
  /** False when predictions are switched off: stored models are listed, nothing is trained. */
  enabled: z.boolean(),
  /** By exchange, then by length of the candles. */
  models: z.array(modelEntrySchema),
  count: z.int(),
  timestamp: isoTimeSchema,
});
export type ModelsResponse = z.infer<typeof modelsResponseSchema>;

/** Body of `POST /api/models/train`; everything is optional. */
export const trainModelRequestSchema = z.strictObject({
  exchange: exchangeIdSchema.optional(),
  timeframe: timeframeSchema.default('1h'),
});
export type TrainModelRequest = z.infer<typeof trainModelRequestSchema>;
export type TrainModelInput = z.input<typeof trainModelRequestSchema>;

export const trainModelResponseSchema = z.object({
  success: z.literal(true),
  model: modelEntrySchema,
  message: z.string(),
});
export type TrainModelResponse = z.infer<typeof trainModelResponseSchema>;
