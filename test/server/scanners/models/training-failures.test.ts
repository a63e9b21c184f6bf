import assert from 'node:assert/strict';
import { createWorkerTrainer } from '@fast-scanner/server/scanners/models/worker-trainer.ts';
import { ScannerError, trainModelRequestSchema } from '@fast-scanner/shared';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { ModelWorld, type ModelWorldOptions } from './model-world.ts';

const HOUR_MS = 3_600_000;
const HOURLY = trainModelRequestSchema.parse({});
const BAD_WORKER = new URL('../../../support/bad-training-worker.mjs', import.meta.url);

describe('a training that comes to nothing', () => {
  const folder = temporaryFolder();
  let world: ModelWorld;

  async function open(options: Omit<ModelWorldOptions, 'dataDir'>): Promise<ModelWorld> {
    world = await ModelWorld.open({ dataDir: `${folder.path}/${Math.random()}`, ...options });
    return world;
  }

  async function reasonOfScan(): Promise<string> {
    const [analysis] = (await world.scan()).values();
    assert.equal(analysis?.ml_prediction, null);
    return analysis.ml_prediction_reason ?? '';
  }

  afterEach(() => world.close());

  it('because its thread crashed leaves scans alone, says so and is tried again with the next candle', async () => {
    const trainer = createWorkerTrainer({ entry: BAD_WORKER });
    await open({ symbols: ['THROW/USDT', 'U/USDT'], trainer });
    await world.scan();
    const failed = await world.untilTrained();
    assert.equal(failed.status, 'failed');
    assert.match(
      failed.reason ?? '',
      /^there is no model of recorded 1h: the training thread failed: broken; /,
    );
    assert.equal(failed.nextTrainingAt, '2026-01-07T11:00:00.000Z');
    assert.match(
      await reasonOfScan(),
      /the training thread failed: broken; it is tried again after 2026-01-07T11/,
    );
    assert.equal((await world.untilTrained()).attemptedAt, failed.attemptedAt, 'once per closed candle');
    world.clock.jumpWall(HOUR_MS);
    assert.notEqual((await world.untilTrained()).attemptedAt, failed.attemptedAt);
  });

  it('because its thread hangs leaves scans alone, and ends with the server', async () => {
    await open({ symbols: ['LOOP/USDT', 'U/USDT'], trainer: createWorkerTrainer({ entry: BAD_WORKER }) });
    await world.scan();
    await world.untilLearning();
    assert.match(await reasonOfScan(), /is being trained; the newest scan gets its predictions/);
    const startedAt = performance.now();
    await world.close();
    assert.ok(performance.now() - startedAt < 1_000);
  });

  it('because there are too few samples says how many, and which symbols could not be read', async () => {
    await open({ symbols: ['A/USDT', 'B/USDT'], count: 400 });
    world.world.source.script = (rows, { request }) => {
      if (request.symbol === 'B/USDT' && request.since !== undefined)
        throw new ScannerError('bad_data', 'more than 2 % are broken');
      return rows;
    };
    await world.scan();
    const { status, reason } = await world.untilTrained();
    assert.equal(status, 'failed');
    assert.match(
      reason ?? '',
      /\d+ labelled samples from 4\d\d 1h candles of 1 symbols; a model needs at least 500/,
    );
    assert.match(reason ?? '', /could not be read: B\/USDT: more than 2 % are broken/);
  });

  it('because the exchange is in trouble may be tried again at once by whoever wants that', async () => {
    await open({});
    world.world.source.script = (rows, { request }) => {
      if (request.since !== undefined) throw new ScannerError('exchange_unavailable', 'no answer');
      return rows;
    };
    await world.scan();
    assert.match((await world.untilTrained()).reason ?? '', /^there is no model of recorded 1h: no answer;/);
    world.world.source.script = (rows) => rows;
    await world.world.engine.models.train(HOURLY);
    await world.untilLearning();
  });

  it('is never begun when prediction is switched off, which every scan says', async () => {
    await open({ predictionEnabled: false });
    assert.match(await reasonOfScan(), /^prediction is switched off \(PREDICTION_ENABLED=false\)$/);
    const { enabled, models } = await world.world.engine.models.models({});
    assert.deepEqual([enabled, models], [false, []]);
    await assert.rejects(world.world.engine.models.train(HOURLY), {
      code: 'conflict',
      message: /switched off/,
    });
  });
});
