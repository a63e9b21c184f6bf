import assert from 'node:assert/strict';
import type { ModelTrainer } from '@fast-scanner/server/scanners/models/model-trainer.ts';
import { ScannerError, type Timeframe } from '@fast-scanner/shared';
import { Gate } from '../../../support/gate.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { ModelWorld } from './model-world.ts';

/** Learns nothing, and not before its gate is open. */
class IdleTrainer implements ModelTrainer {
  readonly gate = new Gate();

  async train(_: unknown, signal: AbortSignal): Promise<never> {
    await this.gate.pass(signal);
    throw new ScannerError('insufficient_data', 'nothing to learn');
  }

  async close(): Promise<void> {}
}

describe('the turns of trainings', () => {
  const folder = temporaryFolder();
  let trainer: IdleTrainer;
  let world: ModelWorld;

  beforeEach(async () => {
    trainer = new IdleTrainer();
    world = await ModelWorld.open({ dataDir: `${folder.path}/${Math.random()}`, trainer });
  });
  afterEach(() => world.close());

  async function ask(timeframe: Timeframe): Promise<void> {
    const dataSource = { exchange: 'recorded', kind: 'live' } as const;
    await world.world.engine.models.find({ dataSource, timeframe, symbol: 'A/USDT' });
  }

  async function statuses(): Promise<readonly string[]> {
    const { models } = await world.world.engine.models.models({});
    return models.map(({ timeframe, status }) => `${timeframe} ${status}`);
  }

  it('come one after the other, the longest wanted first', async () => {
    await ask('4h');
    await ask('1h');
    await world.clock.advance(5_000);
    assert.deepEqual(await statuses(), ['1h waiting', '4h training']);
    trainer.gate.open();
    await world.untilTrained();
    assert.deepEqual(await statuses(), ['1h failed', '4h failed']);
  });

  it('come after a minute at the latest when somebody asks all the time', async () => {
    for (let second = 0; second < 60; second += 2) {
      await ask('1h');
      assert.deepEqual(await statuses(), ['1h waiting']);
      await world.clock.advance(2_000);
    }
    await world.clock.advance(1_000);
    assert.deepEqual(await statuses(), ['1h training']);
  });
});
