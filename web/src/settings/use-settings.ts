import { useSyncExternalStore } from 'react';
import type { Settings } from './settings.ts';
import { readSettings, watchSettings } from './settings-store.ts';

/** What the user chose for this browser; changes are seen at once, also those of other tabs. */
export function useSettings(): Settings {
  return useSyncExternalStore(watchSettings, readSettings);
}
