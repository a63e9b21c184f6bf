import type { ScannerClient } from '../create-scanner-client.ts';

/** A `WeakRef`, or something that never lets go. */
interface Held {
  deref(): object | undefined;
}

const registries = new WeakMap<ScannerClient, Map<string, Held>>();

/**
 * The store of a client under that name, made when there is none: whoever asks for the same thing shares it. It lives while somebody
 * holds it.
 */
export function sharedStore<Store extends object>(
  client: ScannerClient,
  name: string,
  create: () => Store,
): Store {
  return findStore(client, name, { create, hold: (store) => new WeakRef(store) });
}

/** The same for a store that lives as long as its client, so that what it shows is still there when a page comes back. */
export function keptStore<Store extends object>(
  client: ScannerClient,
  name: string,
  create: () => Store,
): Store {
  return findStore(client, name, { create, hold: (store) => ({ deref: () => store }) });
}

interface Making<Store> {
  readonly create: () => Store;
  readonly hold: (store: Store) => Held;
}

function findStore<Store extends object>(
  client: ScannerClient,
  name: string,
  { create, hold }: Making<Store>,
): Store {
  const stores = registries.get(client) ?? new Map<string, Held>();
  registries.set(client, stores);
  const known = stores.get(name)?.deref();
  if (known) return known as Store; // a name stands for one kind of store
  for (const [other, held] of stores) if (!held.deref()) stores.delete(other);
  const store = create();
  stores.set(name, hold(store));
  return store;
}
