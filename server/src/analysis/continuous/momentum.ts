import type { CandleColumns, Momentum } from '@fast-scanner/shared';
import { normalProbability } from '../backtest/normal-distribution.ts';
import { FLAT_LOG_RANGE } from '../log-candles.ts';
import { clamp } from '../ramp.ts';
import type { ClusteringReading } from './clustering.ts';
import { type Direction, directionOf } from './direction.ts';
import { newestChangePct, newestLogReturn, newestMean } from './newest.ts';
import { newestRealisedVolatility } from './realised-volatility.ts';
import { requireWindow } from './require-window.ts';

/** Candles the move is measured over. */
export const MOMENTUM_CANDLES = 10;
/** One-candle returns that say how large a usual move is. */
export const USUAL_MOVE_CANDLES = 100;
/** Closes the momentum needs. */
export const MOMENTUM_WARMUP = USUAL_MOVE_CANDLES + 1;
/** Candles of the newest volume, and of the usual one (the newest among them). */
export const VOLUME_CANDLES = { newest: 5, usual: 20 } as const;
/** How far volume may weaken or strengthen a score. */
export const VOLUME_FACTOR = { least: 0.5, most: 1.5 } as const;
/** Cluster strength above which a trend of clusters raises the score. */
export const VALIDATING_STRENGTH = 0.5;
/** Scores above which momentum is strong, and moderate. */
export const STRENGTH_CUTOFFS = { strong: 80, moderate: 50 } as const;

export interface MomentumReading {
  readonly momentum: Momentum;
  /** Of the 10-candle move. */
  readonly direction: Direction;
}

/**
 * Momentum of the newest candle, 0–100 whatever its direction.
 *
 * `z` = 10-candle log return / (σ · √10), σ the standard deviation (N − 1) of the newest 100 one-candle log returns: the move
 * in units of what a random walk of this volatility does. `base` = 100 · (2Φ(|z|) − 1): the percentage of such walks that go
 * less far; evenly spread over 0–100 when the price is one.
 *
 * Volume: `f` = mean volume of 5 candles / mean of 20, held inside 0.5–1.5; `score` = 100 · (base / 100)^(1/f). Usual volume
 * leaves the base as it is, half of it makes 64 of 80, 1.5 times 86; 0 stays 0 and 100 stays 100, and more volume never lowers
 * a score. Without any volume `f` is 0.5 and `volume_ratio` `null`: what is missing confirms nothing.
 *
 * Clusters: when they form a trend with strength > 0.5 whose last one goes the way of the move, the score is multiplied by
 * 1 + strength and capped at 100. Flat prices have 0.
 * @throws ScannerError `insufficient_data` below 101 candles
 */
export function computeMomentum(candles: CandleColumns, clusters: ClusteringReading): MomentumReading {
  requireWindow(candles, MOMENTUM_WARMUP, 'momentum');
  const { close, volume } = candles;
  const move = newestLogReturn(close, MOMENTUM_CANDLES);
  const direction = directionOf(move);
  const volumeRatio = computeVolumeRatio(volume);
  const isValidated = direction !== 0 && validates(clusters, direction);
  const boost = isValidated ? 1 + clusters.clustering.cluster_strength : 1;
  const score = Math.min(100, boost * weighByVolume(baseScore(close, move), volumeRatio));
  const momentum = {
    momentum_score: score,
    price_change_pct: newestChangePct(close, MOMENTUM_CANDLES),
    volume_ratio: volumeRatio,
    cluster_validated: isValidated,
    strength_classification: classifyStrength(score),
  };
  return { momentum, direction };
}

/** A σ that counts as no movement is taken for the least movement there is, so that flat prices divide by no zero. */
function baseScore(close: Float64Array, move: number): number {
  if (directionOf(move) === 0) return 0;
  const usual = Math.max(FLAT_LOG_RANGE, newestRealisedVolatility(close, USUAL_MOVE_CANDLES));
  const z = Math.abs(move) / (usual * Math.sqrt(MOMENTUM_CANDLES));
  return 100 * clamp(2 * normalProbability(z) - 1, 0, 1);
}

function computeVolumeRatio(volume: Float64Array): number | null {
  const usual = newestMean(volume, VOLUME_CANDLES.usual);
  return usual > 0 ? newestMean(volume, VOLUME_CANDLES.newest) / usual : null;
}

function weighByVolume(base: number, volumeRatio: number | null): number {
  const factor = clamp(volumeRatio ?? 0, VOLUME_FACTOR.least, VOLUME_FACTOR.most);
  return 100 * (base / 100) ** (1 / factor);
}

function validates({ clustering, lastDirection }: ClusteringReading, direction: Direction): boolean {
  const { trend_formation_signal, cluster_strength } = clustering;
  return trend_formation_signal && cluster_strength > VALIDATING_STRENGTH && lastDirection === direction;
}

function classifyStrength(score: number): Momentum['strength_classification'] {
  if (score > STRENGTH_CUTOFFS.strong) return 'strong';
  return score > STRENGTH_CUTOFFS.moderate ? 'moderate' : 'weak';
}
