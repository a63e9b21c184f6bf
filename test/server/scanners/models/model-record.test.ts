import assert from 'node:assert/strict';
import { PREDICTION_FEATURES } from '@fast-scanner/server/analysis/prediction/prediction-features.ts';
import {
  MODEL_VERSION,
  type PredictionReport,
} from '@fast-scanner/server/analysis/prediction/prediction-model.ts';
import { isCurrent, type ModelRecord } from '@fast-scanner/server/scanners/models/model-record.ts';

const weights = PREDICTION_FEATURES.map(({ name: feature }) => ({ feature, weight: 0 }));
const reportOf = (learned: PredictionReport['weights']) => ({ weights: learned }) as PredictionReport; // nothing else is looked at

const RECORD: ModelRecord = {
  modelId: 'demo-1h-0123456789ab',
  version: MODEL_VERSION,
  dataSource: { exchange: 'demo', kind: 'simulated' },
  timeframe: '1h',
  trainedAt: 0,
  trainingMs: 1,
  cutoff: 0,
  learnedTo: 0,
  symbols: ['A/USDT'],
  candles: 750,
  report: reportOf(weights),
};

describe('a kept model', () => {
  it('predicts on while it is of this version and has learned from these features', () => {
    assert.ok(isCurrent(RECORD));
    assert.ok(!isCurrent({ ...RECORD, report: reportOf(weights.slice(1)) }));
  });

  it('is learned anew when it does not tell how far its candles reach', () => {
    const { learnedTo: _, ...older } = RECORD;
    assert.ok(!isCurrent(older as ModelRecord)); // as an earlier version kept it
  });
});
