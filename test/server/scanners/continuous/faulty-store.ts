import type { Store, WriteBatch } from '@fast-scanner/server/store/store.ts';

export interface Faults {
  /** What a commit throws without having written anything. */
  before: (batch: WriteBatch) => Error | null;
  /** What a commit throws although everything was written: the process dies before it hears of it. */
  after: (batch: WriteBatch) => Error | null;
}

/** A store whose commits fail as told. */
export function faultyStore(store: Store): { readonly store: Store; readonly faults: Faults } {
  const faults: Faults = { before: () => null, after: () => null };
  const commit: Store['commit'] = async (batch) => {
    const before = faults.before(batch);
    if (before) throw before;
    const result = await store.commit(batch);
    const after = faults.after(batch);
    if (after) throw after;
    return result;
  };
  const handler: ProxyHandler<Store> = {
    get: (target, name) => {
      const value: unknown = name === 'commit' ? commit : Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  };
  return { store: new Proxy(store, handler), faults };
}
