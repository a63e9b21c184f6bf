import type { ConnectionState } from '../connection.ts';
import type { ScannerClient } from '../create-scanner-client.ts';
import type { ReadableStore } from './readable-store.ts';

/** The state of a client's live connection. */
export function connectionStore(client: ScannerClient): ReadableStore<ConnectionState> {
  return {
    getSnapshot: () => client.connectionState,
    subscribe: (listener) => client.onConnectionChange(() => listener()),
  };
}
