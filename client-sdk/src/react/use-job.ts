import { useEffect } from 'react';
import type { JobActions, ReadableStore } from '../index.ts';
import { useStoreWithActions } from './use-store.ts';

/** State and actions of a job, attached to the given id when there is one. */
export function useJob<State extends object, Args extends unknown[]>(
  store: ReadableStore<State> & JobActions<Args>,
  id: string | null | undefined,
): State & JobActions<Args> {
  useEffect(() => {
    if (typeof id === 'string') store.attach(id);
  }, [store, id]);
  return useStoreWithActions<State, ReadableStore<State> & JobActions<Args>>(store);
}
