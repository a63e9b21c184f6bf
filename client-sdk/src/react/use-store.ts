import { useSyncExternalStore } from 'react';
import type { ReadableStore } from '../index.ts';

/** Renders whenever the store changes. */
export function useStore<State>({ subscribe, getSnapshot }: ReadableStore<State>): State {
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
