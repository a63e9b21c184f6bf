import type { TrainingStore } from '@fast-scanner/server/store/training/training-store.ts';
import type { Clock } from '@fast-scanner/shared';
import { FakeClock } from '../support/fake-clock.ts';
import { describeAppends } from './training/appends.ts';
import { describeExports } from './training/exports.ts';
import { describeLifecycle } from './training/lifecycle.ts';
import { describeReads } from './training/reads.ts';
import { NOON } from './training/records.ts';

/** Opens the training data of a place, kept for 30 days; the same place has the same data, a new place has none. */
export type OpenTrainingStore = (place: string, clock: Clock) => Promise<TrainingStore>;

/** Opens stores for one test after the other, and closes them. */
export class TrainingBench {
  readonly #open: OpenTrainingStore;
  readonly #stores: TrainingStore[] = [];
  #places = 0;
  clock = new FakeClock(NOON);

  constructor(open: OpenTrainingStore) {
    this.#open = open;
  }

  /** At a place where nothing is yet. */
  async open(): Promise<TrainingStore> {
    this.#places += 1;
    return this.#openHere();
  }

  /** The same data in a new store. */
  async reopen(store: TrainingStore): Promise<TrainingStore> {
    await store.close();
    return this.#openHere();
  }

  async clear(): Promise<void> {
    await Promise.all(this.#stores.splice(0).map((store) => store.close()));
    this.clock = new FakeClock(NOON);
  }

  async #openHere(): Promise<TrainingStore> {
    const store = await this.#open(`place-${this.#places}`, this.clock);
    this.#stores.push(store);
    return store;
  }
}

/** What every store of training data must do. */
export function trainingStoreContract(name: string, open: OpenTrainingStore): void {
  describe(`${name}: training store contract`, () => {
    const bench = new TrainingBench(open);
    afterEach(() => bench.clear());

    describe('appends', () => describeAppends(bench));
    describe('reads', () => describeReads(bench));
    describe('exports', () => describeExports(bench));
    describe('sealing, retention, ping and close', () => describeLifecycle(bench));
  });
}
