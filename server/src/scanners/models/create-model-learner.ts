import { type CandleSeries, ScannerError, toIsoTime } from '@fast-scanner/shared';
import type { LearnRequest, ModelLearner } from '../common/model-learner.ts';
import type { ModelAnswer } from '../common/model-source.ts';
import { modelIdOf } from './model-record.ts';
import type { ModelTrainer } from './model-trainer.ts';
import { isSymbolTrouble, readTrainingCandles } from './read-training-series.ts';
import { MOST_SYMBOLS, TRAINING_SEED } from './training-policy.ts';

/** Learns by the rules of a server's own models: as many candles of as many symbols, the same seed. */
export function createModelLearner(trainer: ModelTrainer): ModelLearner {
  return {
    learn: async (request, signal): Promise<ModelAnswer> => {
      const { timeframe, cutoff, feeds } = request;
      const [feed] = feeds.values();
      const series = await readSeries(request, signal);
      try {
        const { json } = await trainer.train({ series, timeframe, seed: TRAINING_SEED }, signal);
        const modelId = modelIdOf(feed?.dataSource.exchange ?? '', timeframe, json);
        return { model: { modelId, trainedAt: toIsoTime(cutoff), learnedTo: cutoff, json } };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ScannerError)) throw error;
        return { model: null, reason: error.message };
      }
    },
  };
}

async function readSeries(
  { feeds, timeframe, cutoff }: LearnRequest,
  signal: AbortSignal,
): Promise<readonly CandleSeries[]> {
  const series: CandleSeries[] = [];
  for (const [symbol, feed] of feeds) {
    if (series.length === MOST_SYMBOLS) break;
    try {
      series.push(await readTrainingCandles(symbol, { feed, timeframe, cutoff }, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!isSymbolTrouble(error)) throw error;
    }
  }
  return series;
}
