import { useEffect, useMemo } from 'react';
import type { JobActions, ReadableStore } from '../index.ts';
import { useStore } from './use-store.ts';

/** State and actions of a job, attached to the given id when there is one. */
export function useJob<State, Args extends unknown[]>(
  store: ReadableStore<State> & JobActions<Args>,
  id: string | null | undefined,
): State & JobActions<Args> {
  const state = useStore(store);
  useEffect(() => {
    if (typeof id === 'string') store.attach(id);
  }, [store, id]);
  const { start, attach, cancel, retry } = store;
  return useMemo(() => ({ ...state, start, attach, cancel, retry }), [state, start, attach, cancel, retry]);
}
