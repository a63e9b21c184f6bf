import type { CandleSeries, TimeframeVote } from '@fast-scanner/shared';
import { computeDeepAnalysis } from '../../analysis/deep-analysis.ts';
import { predictWith } from '../../analysis/prediction/predict-with.ts';
import { computeTimeframeVote, type TimeframeInput } from '../../analysis/timeframe-vote.ts';
import type { Analyst } from '../common/analyst.ts';
import { decodeModel } from '../common/decode-model.ts';

/** Analyses in this thread. What a timeframe says is kept for as long as its candles are the same object. */
export function createReplayAnalyst(): Analyst {
  const votes = new WeakMap<CandleSeries, TimeframeVote>();
  const voteOf = (entry: TimeframeInput) => {
    const known = entry.series && votes.get(entry.series);
    if (known) return known;
    const vote = computeTimeframeVote(entry);
    if (entry.series) votes.set(entry.series, vote);
    return vote;
  };
  return {
    analyze: async ({ prediction, ...input }) =>
      computeDeepAnalysis({ ...input, voteOf, prediction: decodeModel(prediction) }),
    predict: async ({ prediction, series }) => predictWith(decodeModel(prediction), series),
    close: async () => undefined,
  };
}
