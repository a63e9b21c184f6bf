import assert from 'node:assert/strict';
import type { PredictionModel } from '@fast-scanner/server/analysis/prediction/prediction-model.ts';
import { fromSharedText } from '@fast-scanner/server/scanners/common/shared-text.ts';
import type { TrainingTask } from '@fast-scanner/server/scanners/models/model-trainer.ts';
import { createWorkerTrainer } from '@fast-scanner/server/scanners/models/worker-trainer.ts';
import { ScannerError } from '@fast-scanner/shared';
import { sharedTrainer } from '../../../support/shared-trainer.ts';
import { createMarket } from '../../analysis/prediction/support/markets.ts';

const BAD_WORKER = new URL('../../../support/bad-training-worker.mjs', import.meta.url);
const never = new AbortController().signal;

function taskOf(series: TrainingTask['series']): TrainingTask {
  return { series, timeframe: '1h', seed: 1 };
}

/** The bad worker misbehaves as the symbol's name says. */
function badTask(way: string): TrainingTask {
  const [series] = createMarket({ seed: 1, symbols: 1, count: 10 });
  return taskOf(series ? [{ ...series, symbol: `${way}/USDT` }] : []);
}

describe('the worker trainer', () => {
  it('learns the same model from the same candles, to the last byte', async () => {
    const task = taskOf(createMarket({ seed: 5, symbols: 1, count: 750 }));
    const [one, other] = await Promise.all([
      sharedTrainer().train(task, never),
      sharedTrainer().train(task, never),
    ]);
    assert.deepEqual(one.json, other.json);
    assert.deepEqual(one.report, other.report);
    const model: PredictionModel = JSON.parse(fromSharedText(one.json)); // what the thread wrote
    assert.equal(model.samples, one.report.samples);
    assert.ok(one.json.buffer instanceof SharedArrayBuffer, 'threads share its memory');
    assert.ok(one.trainingMs > 0);
  });

  it('says why candles give no model', async () => {
    const task = taskOf(createMarket({ seed: 5, symbols: 2, count: 300 }));
    await assert.rejects(sharedTrainer().train(task, never), {
      code: 'insufficient_data',
      message: /labelled samples from 600 1h candles of 2 symbols; a model needs at least 500$/,
    });
  });

  for (const way of ['THROW', 'EXIT']) {
    it(`survives a thread that ends by ${way}`, async () => {
      const trainer = createWorkerTrainer({ entry: BAD_WORKER });
      await assert.rejects(trainer.train(badTask(way), never), { code: 'worker_crashed' });
      await trainer.close();
    });
  }

  it('stops a thread that takes too long', async () => {
    const trainer = createWorkerTrainer({ entry: BAD_WORKER, timeoutMs: 50 });
    const message = 'the training was not finished within 0.05 s';
    await assert.rejects(trainer.train(badTask('LOOP'), never), { code: 'worker_crashed', message });
  });

  it('stops at once when it is no longer wanted or closed', async () => {
    const trainer = createWorkerTrainer({ entry: BAD_WORKER });
    const stop = new AbortController();
    const stopped = assert.rejects(trainer.train(badTask('LOOP'), stop.signal), { code: 'cancelled' });
    const closed = assert.rejects(trainer.train(badTask('LOOP'), never), { code: 'unavailable' });
    stop.abort(new ScannerError('cancelled', 'no longer wanted'));
    await stopped;
    await trainer.close();
    await closed;
  });
});
