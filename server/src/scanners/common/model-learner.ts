import type { Timeframe } from '@fast-scanner/shared';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import type { ModelAnswer } from './model-source.ts';

export interface LearnRequest {
  /** A feed for each symbol that may be learned from, in the order of preference. */
  readonly feeds: ReadonlyMap<string, MarketFeed>;
  readonly timeframe: Timeframe;
  /** Close of the newest candle that may be looked at, epoch ms UTC; also when the model counts as trained. */
  readonly cutoff: number;
}

/** Learns prediction models as they could have been learned at a moment of the past. */
export interface ModelLearner {
  /** The same candles give the same model; without enough of them the reason. @throws the signal's reason */
  learn(request: LearnRequest, signal: AbortSignal): Promise<ModelAnswer>;
}
