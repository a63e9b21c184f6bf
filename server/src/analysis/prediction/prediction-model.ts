import type { ModelFamily, Timeframe } from '@fast-scanner/shared';
import type { BaseModel } from './base-model.ts';
import type { Calibration } from './calibration.ts';
import type { PredictionMetrics } from './prediction-metrics.ts';
import type { ReliabilityBin } from './reliability.ts';
import type { SkillInterval } from './skill-confidence.ts';

/** Changes when models trained before can no longer be read. */
export const MODEL_VERSION = 1;

/** Everything a prediction needs, as plain numbers and texts: `JSON.parse(JSON.stringify(model))` is the same model. */
export interface PredictionModel {
  readonly version: typeof MODEL_VERSION;
  readonly timeframe: Timeframe;
  readonly horizonCandles: number;
  readonly barrierAtrs: number;
  /** Names of the features, in the order of the model's coefficients or feature numbers. */
  readonly features: readonly string[];
  readonly base: BaseModel;
  readonly calibration: Calibration;
  /** Labelled samples learned from. */
  readonly samples: number;
  /** Out of sample, walk-forward. */
  readonly metrics: PredictionMetrics;
  /** Whether the skill is above zero with confidence. */
  readonly edge: boolean;
  /** The edge, or the lack of one, in words. */
  readonly verdict: string;
}

export interface FamilyReport extends PredictionMetrics {
  readonly family: ModelFamily;
  /** `null` when the judged time is too short for one. */
  readonly skillInterval: SkillInterval | null;
}

export interface FoldReport {
  /** Open times of the first and last judged candle, epoch ms UTC. */
  readonly from: number;
  readonly to: number;
  readonly trainSamples: number;
  /** Out of sample, of the chosen family. */
  readonly metrics: PredictionMetrics;
}

export interface FeatureWeight {
  readonly feature: string;
  /** Logistic: change of the log odds per standard deviation. Trees: share of the saved loss, 0–1. */
  readonly weight: number;
}

/** What was learned, from what, and how far it can be believed. */
export interface PredictionReport {
  readonly timeframe: Timeframe;
  readonly symbols: number;
  readonly samples: number;
  /** Open times of the first and last candle with a sample, epoch ms UTC. */
  readonly from: number;
  readonly to: number;
  /** Share of the samples that went up. */
  readonly baseRate: number;
  readonly horizonCandles: number;
  readonly barrierAtrs: number;
  readonly seed: number;
  readonly chosen: ModelFamily;
  /** Why, in words, with both Brier scores. */
  readonly choice: string;
  readonly edge: boolean;
  /** The edge, or the lack of one, in words. */
  readonly verdict: string;
  readonly families: readonly FamilyReport[];
  readonly folds: readonly FoldReport[];
  /** Largest first. */
  readonly weights: readonly FeatureWeight[];
  /** Of the chosen family, out of sample. */
  readonly reliability: readonly ReliabilityBin[];
}
