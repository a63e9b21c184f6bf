import assert from 'node:assert/strict';
import { MODEL_VERSION } from '@fast-scanner/server/analysis/prediction/prediction-model.ts';
import { isCurrent, type ModelRecord } from '@fast-scanner/server/scanners/models/model-record.ts';
import { sharedTrainer } from '../../../support/shared-trainer.ts';
import { createMarket } from '../../analysis/prediction/support/markets.ts';

describe('a kept model', () => {
  let record: ModelRecord;

  before(async () => {
    const series = createMarket({ seed: 1, symbols: 1, count: 750 });
    const task = { series, timeframe: '1h', seed: 1 } as const;
    const { report, trainingMs } = await sharedTrainer().train(task, new AbortController().signal);
    record = {
      modelId: 'demo-1h-0123456789ab',
      version: MODEL_VERSION,
      dataSource: { exchange: 'demo', kind: 'simulated' },
      timeframe: '1h',
      trainedAt: 0,
      trainingMs,
      cutoff: 0,
      learnedTo: 0,
      symbols: ['A/USDT'],
      candles: 750,
      report,
    };
  });

  it('predicts on while it is of this version and learned from these features', () => {
    assert.ok(isCurrent(record));
    const weights = record.report.weights.slice(1);
    assert.ok(!isCurrent({ ...record, report: { ...record.report, weights } }));
  });

  it('is learned anew when it does not tell how far its candles reach', () => {
    const { learnedTo: _, ...older } = record;
    assert.ok(!isCurrent(older as ModelRecord)); // as an earlier version kept it
  });
});
