import { useMemo, useSyncExternalStore } from 'react';
import type { ReadableStore } from '../index.ts';

/** Renders whenever the store changes. */
export function useStore<State>({ subscribe, getSnapshot }: ReadableStore<State>): State {
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

/** State and actions of a store in one object, the same one until the state changes. */
export function useStoreWithActions<State extends object, Store extends ReadableStore<State>>(
  store: Store & ReadableStore<State>,
): State & Omit<Store, keyof ReadableStore<State>> {
  const state = useStore<State>(store);
  return useMemo(() => {
    const { getSnapshot, subscribe, ...actions } = store;
    return { ...state, ...actions };
  }, [store, state]);
}
