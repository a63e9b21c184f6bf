import type { Store } from '@fast-scanner/server/store/store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import type { OpenStore } from '../store.contract.ts';

let places = 0;

/** Opens stores for tests and closes them afterwards. */
export class StoreBench {
  readonly clock = new FakeClock();
  readonly #openPlace: OpenStore;
  readonly #placeOf = new Map<Store, string>();

  constructor(openPlace: OpenStore) {
    this.#openPlace = openPlace;
  }

  /** A new, empty store. */
  open(): Promise<Store> {
    places += 1;
    return this.#open(`place-${places}`);
  }

  /** Closes a store and opens its data again. */
  async reopen(store: Store): Promise<Store> {
    await store.close();
    return this.#open(this.#placeOf.get(store) ?? '');
  }

  async clear(): Promise<void> {
    const stores = [...this.#placeOf.keys()];
    this.#placeOf.clear();
    await Promise.all(stores.map((store) => store.close()));
  }

  async #open(place: string): Promise<Store> {
    const store = await this.#openPlace(place, this.clock);
    this.#placeOf.set(store, place);
    return store;
  }
}
