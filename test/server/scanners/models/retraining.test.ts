import assert from 'node:assert/strict';
import type { ModelTrainer } from '@fast-scanner/server/scanners/models/model-trainer.ts';
import { trainModelRequestSchema } from '@fast-scanner/shared';
import { Gate } from '../../../support/gate.ts';
import { sharedTrainer } from '../../../support/shared-trainer.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { ModelWorld } from './model-world.ts';

const HOUR_MS = 3_600_000;
const HOURLY = trainModelRequestSchema.parse({});

/** Counts the trainings, and holds them up while its gate is closed. */
class CountingTrainer implements ModelTrainer {
  readonly #trainer = sharedTrainer();
  gate: Gate | null = null;
  trainings = 0;

  async train(...args: Parameters<ModelTrainer['train']>) {
    this.trainings += 1;
    await this.gate?.pass();
    return this.#trainer.train(...args);
  }

  async close(): Promise<void> {}
}

describe('a model that gets older', () => {
  const folder = temporaryFolder();
  const trainer = new CountingTrainer();
  let world: ModelWorld;

  before(async () => {
    world = await ModelWorld.open({ dataDir: folder.path, trainer });
    await world.scan();
    assert.equal((await world.untilTrained()).status, 'ready');
  });
  after(() => world.close());

  it('goes on predicting with the next candles', async () => {
    world.clock.jumpWall(HOUR_MS);
    const { model } = await world.entry();
    for (const { ml_prediction: prediction } of (await world.scan()).values()) {
      assert.equal(prediction?.modelId, model?.modelId);
    }
    await world.untilTrained();
    assert.equal(trainer.trainings, 1);
  });

  it('is trained on demand once a candle has closed, and only once', async () => {
    const older = (await world.entry()).model;
    await world.world.engine.models.train(HOURLY);
    const { model } = await world.untilTrained();
    assert.equal(trainer.trainings, 2);
    assert.notEqual(model?.modelId, older?.modelId);
    assert.equal(model?.candles, (older?.candles ?? 0) + world.symbols.length);
    await assert.rejects(world.world.engine.models.train(HOURLY), { code: 'conflict' });
  });

  it('is not trained again by the clock alone', async () => {
    await world.untilTrained();
    world.clock.jumpWall(25 * HOUR_MS);
    await world.untilTrained();
    assert.equal(trainer.trainings, 2);
  });

  it('predicts while it is trained anew, which a scan a day later is the reason for', async () => {
    const older = (await world.entry()).model;
    trainer.gate = new Gate();
    const said = await world.scan();
    await world.untilLearning();
    const entry = await world.entry();
    assert.deepEqual([entry.status, entry.model], ['training', older]);
    const meanwhile = await world.scan();
    for (const [symbol, { ml_prediction }] of meanwhile) {
      assert.equal(ml_prediction?.modelId, older?.modelId);
      assert.deepEqual(ml_prediction, said.get(symbol)?.ml_prediction);
    }
    trainer.gate.open();
    const { model } = await world.untilTrained();
    assert.notEqual(model?.modelId, older?.modelId);
    assert.equal(trainer.trainings, 3);
  });

  it('is there after a restart, says the same and is not trained again', async () => {
    const { model } = await world.entry();
    const before = await world.scan();
    await world.close();
    world = await ModelWorld.open({ dataDir: folder.path, trainer, clock: world.clock });
    const kept = await world.entry();
    assert.deepEqual([kept.status, kept.model, kept.attemptedAt], ['ready', model, null]);
    const after = await world.scan();
    for (const [symbol, { ml_prediction }] of after) {
      assert.deepEqual(ml_prediction, before.get(symbol)?.ml_prediction);
    }
    await world.untilTrained();
    assert.equal(trainer.trainings, 3);
  });

  it('does not predict when the clock is put back before what it has learned from, and is trained anew', async () => {
    world.clock.jumpWall(-25 * HOUR_MS);
    for (const { ml_prediction, ml_prediction_reason } of (await world.scan()).values()) {
      assert.equal(ml_prediction, null);
      assert.match(ml_prediction_reason ?? '', /learned from candles up to .* not closed yet/);
    }
    await world.untilTrained();
    assert.equal(trainer.trainings, 4);
    for (const { ml_prediction } of (await world.scan()).values()) assert.notEqual(ml_prediction, null);
  });
});
