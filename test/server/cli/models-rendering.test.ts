import assert from 'node:assert/strict';
import { renderModels } from '@fast-scanner/server/cli/models/render-models.ts';
import type { ModelEntry, TrainedModel } from '@fast-scanner/shared';

const MODEL: TrainedModel = {
  modelId: 'demo-1h-0123456789ab',
  trainedAt: '2026-01-07T10:20:05.000Z',
  trainingMs: 1_900,
  seed: 1,
  candleCloseTime: '2026-01-07T10:00:00.000Z',
  symbols: ['BTC/USDT', 'ETH/USDT'],
  candles: 4_000,
  samples: 35_802,
  from: '2025-10-24T10:00:00.000Z',
  to: '2026-01-07T08:00:00.000Z',
  baseRate: 0.5,
  horizonCandles: 24,
  barrierAtrs: 2,
  family: 'trees',
  title: 'gradient-boosted trees',
  choice:
    'gradient-boosted trees: out-of-sample Brier score 0.24000 against 0.25027 of L2 logistic regression',
  brier: 0.24,
  baselineBrier: 0.25,
  brierSkill: 0.04,
  skillInterval: { low: 0.01, high: 0.07, blocks: 30 },
  auc: 0.61,
  edge: true,
  verdict: 'edge: skill 4.00 %',
  families: [],
  folds: [],
  reliability: [],
  weightMeaning: 'share',
  weights: [],
};

function entry(changes: Partial<ModelEntry>): ModelEntry {
  return {
    exchange: 'demo',
    dataSource: { exchange: 'demo', kind: 'simulated' },
    timeframe: '1h',
    status: 'ready',
    reason: null,
    progress: null,
    model: MODEL,
    attemptedAt: null,
    nextTrainingAt: null,
    ...changes,
  };
}

const plain = (_: string, text: string) => text;

describe('the table of models', () => {
  it('shows data, skill against the base rate and the edge, and says it in words', () => {
    const text = renderModels([entry({})], plain);
    const [line = ''] = text.split('\n').filter((row) => row.includes('ready'));
    const cells = line.split('│').map((cell) => cell.trim());
    assert.deepEqual(cells.slice(4, 13), [
      '2025-10-24 10:00 UTC',
      '2026-01-07 10:00 UTC',
      '2',
      '35,802',
      '0.24000',
      '0.25000',
      '4.00 %',
      '0.610',
      'yes',
    ]);
    assert.match(text, /^demo 1h: edge: skill 4\.00 %\. Gradient-boosted trees: out-of-sample Brier/m);
  });

  it('says why there is no model, and why an older one still predicts', () => {
    const failed = entry({ timeframe: '1w', status: 'failed', model: null, reason: 'too few samples' });
    const older = entry({ reason: 'the last training failed' });
    const text = renderModels([failed, older], plain);
    assert.match(text, /│ 1w +│ failed │ –/);
    assert.match(text, /^demo 1w: too few samples\.$/m);
    assert.match(text, /^demo 1h: the last training failed\.$/m);
  });
});
