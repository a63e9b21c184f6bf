import assert from 'node:assert/strict';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import type { TrainingStore } from '@fast-scanner/server/store/training/training-store.ts';
import { type CandleRow, columnsFromRows, toIsoTime } from '@fast-scanner/shared';
import fc from 'fast-check';
import {
  candleAt,
  HOUR_MS,
  label,
  NOON,
  readAll,
  series,
  signal,
} from '../../../contracts/training/records.ts';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { CrashingFiles } from './crashing-files.ts';
import { assertAllLoad, assertManifestIsTrue } from './visible-files.ts';

const RUNS = process.env['SOAK'] ? 500 : 15;
const ID = series('BTC/USDT', '1h');

type Step =
  | { readonly kind: 'append' | 'label'; readonly hours: readonly number[] }
  | { readonly kind: 'wait' | 'crash'; readonly amount: number }
  | { readonly kind: 'maintain' | 'both' | 'reopen' };

const hours = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 8 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('append' as const), hours }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('label' as const), hours }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), amount: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), amount: fc.integer({ min: 0, max: 80 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('maintain' as const, 'both' as const, 'reopen' as const) }),
  },
);

/** A folder with its store, and what was acknowledged. */
class World {
  readonly folder: string;
  readonly clock = new FakeClock(NOON);
  readonly files: CrashingFiles;
  #store: TrainingStore | null = null;
  readonly acknowledged = new Set<number>();
  readonly labelled = new Set<number>();

  constructor(folder: string, seed: number) {
    this.folder = folder;
    this.files = new CrashingFiles(seededRandom(seed));
  }

  async store(): Promise<TrainingStore> {
    this.#store ??= await openTrainingStore({
      folder: this.folder,
      clock: this.clock,
      retentionDays: 3650,
      files: this.files,
    });
    return this.#store;
  }

  async close(): Promise<void> {
    await this.#store?.close();
    this.#store = null;
  }

  /** Runs a step; when the power goes at it, starts again. */
  async survive(work: (store: TrainingStore) => Promise<void>): Promise<void> {
    try {
      await work(await this.store());
    } catch (error) {
      if (!this.files.hasCrashed) throw error;
    }
    if (this.files.hasCrashed) await this.cutPower();
  }

  async cutPower(): Promise<void> {
    this.files.crashAfter(0);
    await this.close();
    this.files.loseUnsynced();
  }
}

async function run(world: World, step: Step): Promise<void> {
  switch (step.kind) {
    case 'append':
      return world.survive(async (store) => {
        const times = step.hours.map((hour) => NOON + hour * HOUR_MS);
        const candles = [{ ...ID, columns: columnsFromRows(times.map(candleAt)) }];
        await store.append({ signals: times.map((time) => signal(time, ID)), candles });
        for (const time of times) world.acknowledged.add(time);
      });
    case 'label':
      return world.survive(async (store) => {
        const times = step.hours.map((hour) => NOON + hour * HOUR_MS);
        await store.appendLabels(times.map((time) => label(time, ID)));
        for (const time of times) world.labelled.add(time);
      });
    case 'wait':
      return world.clock.jumpWall(step.amount * HOUR_MS);
    case 'crash':
      return world.files.crashAfter(step.amount);
    case 'maintain':
      return world.survive(async (store) => {
        await store.maintain();
      });
    case 'both':
      return world.survive(async (store) => {
        await Promise.all([store.maintain(), store.append({ signals: [signal(NOON, ID)] })]);
      });
    case 'reopen':
      return world.survive(() => world.close());
  }
}

/** Nothing acknowledged is missing, everything is there once and as it was. */
async function assertWhole(world: World): Promise<void> {
  const { signals, ohlcv, labels } = await readAll(await world.store());
  const times = signals.map(({ candleCloseTime }) => Date.parse(candleCloseTime));
  assertHolds(times, world.acknowledged, 'signals');
  assert.deepEqual(
    signals,
    times.map((time) => signal(time, ID)),
  );
  const rows: readonly CandleRow[] = ohlcv['1h'] ?? [];
  const openTimes = rows.map(([openTime]) => openTime);
  assertHolds(openTimes, world.acknowledged, 'candles');
  assert.deepEqual(rows, openTimes.map(candleAt));
  const labelTimes = labels.map((joined) => Date.parse(joined.label.candleCloseTime));
  assertHolds(labelTimes, world.labelled, 'labels');
  assert.deepEqual(
    labels.map((joined) => joined.label),
    labelTimes.map((time) => label(time, ID)),
  );
}

function assertHolds(times: readonly number[], acknowledged: ReadonlySet<number>, what: string): void {
  assert.deepEqual(
    times,
    [...new Set(times)].sort((a, b) => a - b),
    `${what} are in order, each once`,
  );
  const missing = [...acknowledged].filter((time) => !times.includes(time));
  assert.deepEqual(missing.map(toIsoTime), [], `${what} that were acknowledged are missing`);
}

describe('training data after a power cut', () => {
  const folder = temporaryFolder();
  let places = 0;

  it('have everything that was acknowledged, once, and every file loads, whatever was going on', async function () {
    this.timeout(RUNS * 2000);
    let crashes = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), fc.nat(), async (steps, seed) => {
        places += 1;
        const world = new World(`${folder.path}/${places}`, seed);
        try {
          for (const each of steps) {
            await run(world, each);
            if (each.kind === 'crash') crashes += 1;
          }
          await world.cutPower();
          await assertWhole(world);
          await (await world.store()).maintain();
          await assertAllLoad(world.folder);
          await assertWhole(world);
          await world.close();
          await assertManifestIsTrue(world.folder);
        } finally {
          await world.close();
        }
      }),
      { seed: 20_260_105, numRuns: RUNS },
    );
    assert.ok(crashes > RUNS);
  });
});
