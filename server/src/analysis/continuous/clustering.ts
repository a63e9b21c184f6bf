import type { CandleColumns, Clustering, ContinuousConfig } from '@fast-scanner/shared';
import { type Direction, directionOf } from './direction.ts';
import { newestMean } from './newest.ts';
import { requireWindow } from './require-window.ts';

/** Candles in which clusters are looked for, and over which volume is usual. */
export const CLUSTER_CANDLES = 20;
/** Newest candles that may follow through. */
export const FOLLOW_CANDLES = 3;

export type ClusteringRules = Pick<
  ContinuousConfig,
  'volume_threshold_multiplier' | 'cluster_trend_threshold' | 'cluster_followthrough_threshold'
>;

export interface ClusteringReading {
  readonly clustering: Clustering;
  /** Direction of the last cluster; 0 without clusters. */
  readonly lastDirection: Direction;
}

/**
 * Clusters of volume among the newest 20 candles. A candle's volume is high above `volume_threshold_multiplier` (2) times the
 * mean of the 20. Adjacent high-volume candles of one direction (close against open) form a cluster, a single one too; a
 * candle of usual volume, of the other direction or without direction closes it.
 *
 * `directional_ratio` = clusters on the larger side / all clusters. `follow_through` = share of the newest 3 candles, whatever
 * their volume, in the last cluster's direction. A trend forms when the first is above `cluster_trend_threshold` (0.7) and the
 * second above `cluster_followthrough_threshold` (0.5). `cluster_strength` = their product. All 0 without clusters, so also
 * when nothing was traded.
 * @throws ScannerError `insufficient_data` below 20 candles
 */
export function computeClustering(candles: CandleColumns, rules: ClusteringRules): ClusteringReading {
  requireWindow(candles, CLUSTER_CANDLES, 'clustering');
  const { bullish, bearish, lastDirection } = countClusters(candles, rules.volume_threshold_multiplier);
  const total = bullish + bearish;
  const directionalRatio = total === 0 ? 0 : Math.max(bullish, bearish) / total;
  const followThrough = lastDirection === 0 ? 0 : shareFollowing(candles, lastDirection);
  const clustering = {
    trend_formation_signal:
      directionalRatio > rules.cluster_trend_threshold &&
      followThrough > rules.cluster_followthrough_threshold,
    cluster_strength: directionalRatio * followThrough,
    total_clusters: total,
    bullish_clusters: bullish,
    bearish_clusters: bearish,
    directional_ratio: directionalRatio,
    follow_through: followThrough,
  };
  return { clustering, lastDirection };
}

interface ClusterCounts {
  readonly bullish: number;
  readonly bearish: number;
  readonly lastDirection: Direction;
}

function countClusters(candles: CandleColumns, multiplier: number): ClusterCounts {
  const { volume } = candles;
  const threshold = multiplier * newestMean(volume, CLUSTER_CANDLES);
  let [bullish, bearish] = [0, 0];
  let lastDirection: Direction = 0;
  let open: Direction = 0;
  for (let index = volume.length - CLUSTER_CANDLES; index < volume.length; index += 1) {
    const direction = (volume[index] ?? Number.NaN) > threshold ? candleDirection(candles, index) : 0;
    if (direction !== 0 && direction !== open) {
      if (direction === 1) bullish += 1;
      else bearish += 1;
      lastDirection = direction;
    }
    open = direction;
  }
  return { bullish, bearish, lastDirection };
}

function shareFollowing(candles: CandleColumns, direction: Direction): number {
  const { length } = candles.close;
  let following = 0;
  for (let index = length - FOLLOW_CANDLES; index < length; index += 1) {
    if (candleDirection(candles, index) === direction) following += 1;
  }
  return following / FOLLOW_CANDLES;
}

function candleDirection({ open, close }: CandleColumns, index: number): Direction {
  return directionOf(Math.log((close[index] ?? Number.NaN) / (open[index] ?? Number.NaN)));
}
